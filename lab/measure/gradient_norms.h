// How large the gradients of a network's weights are.
#ifndef ELU_LAB_MEASURE_GRADIENT_NORMS_H_
#define ELU_LAB_MEASURE_GRADIENT_NORMS_H_

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "lab/data/cifar10.h"
#include "lab/network/convnet.h"

namespace elu_lab {

inline constexpr int64_t kGradientImages = 512;

struct GradientNorm {
  std::string name;  // "features.0.weight"
  double norm = 0;
};

// For each weight of a convolution or a linear layer, in the network's order: the Euclidean norm of the gradient of the
// mean cross-entropy over the first min(kGradientImages, all) images, as they are, the network in evaluation mode. What
// the parameters hold as .grad, and all random generators, stay as they were.
std::vector<GradientNorm> GradientNorms(ConvNet& network, const Images& images);

// [{"name", "norm"}, ...]; what is not finite is null.
nlohmann::ordered_json ToJson(const std::vector<GradientNorm>& norms);

}  // namespace elu_lab

#endif  // ELU_LAB_MEASURE_GRADIENT_NORMS_H_
