// How large the gradients of a network's weights are.
#ifndef ELU_LAB_MEASURE_GRADIENT_NORMS_H_
#define ELU_LAB_MEASURE_GRADIENT_NORMS_H_

#include <cstdint>
#include <vector>

#include "lab/data/cifar10.h"
#include "lab/network/convnet.h"
#include "lab/results/comparison.h"

namespace elu_lab {

inline constexpr int64_t kGradientImages = 512;

// For each weight of a convolution or a linear layer, in the network's order: the Euclidean norm of the gradient of the
// mean cross-entropy over the first min(kGradientImages, all) images, as they are, the network in evaluation mode. What
// the parameters hold as .grad, and all random generators, stay as they were.
std::vector<NamedNorm> GradientNorms(ConvNet& network, const Images& images);

}  // namespace elu_lab

#endif  // ELU_LAB_MEASURE_GRADIENT_NORMS_H_
