// How the variance of a signal changes on its way through layers that have not learned yet.
#ifndef ELU_LAB_MEASURE_INITIALISATION_H_
#define ELU_LAB_MEASURE_INITIALISATION_H_

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "lab/data/cifar10.h"

namespace elu_lab {

// Weights are normal with mean 0 and standard deviation gain / sqrt(fan-in); biases are 0.
struct VarianceByDepth {
  std::string activation, label;  // "elu", "ELU (alpha 0.5)"
  std::string gain_name;          // "He": sqrt(2), whatever the activation; "statistics.hpp": elu::initialisation_gain
  double gain = 0;
  std::vector<double> variance;  // of pre-activations by depth
};

struct LinearStack {
  int64_t layers = 50, width = 512, seeds = 5, inputs = 128;
};

// z_1 = W_1 x and z_k = W_k f(z_(k-1)) for vectors x whose elements are N(0, 1): the variance, about their mean, of the
// elements of z_k of all `inputs` vectors together; each the mean over the seeds. ReLU, Leaky ReLU, ELU (alpha 0.5, 1
// and 2) and SELU with He's gain, ELU and SELU with their own. Curves differ in the activation and the gain alone: x
// and W / gain are drawn once a seed. `stop`, asked before each layer, ends it early: the result is then of no use.
std::vector<VarianceByDepth> VarianceInStack(const LinearStack& stack, const std::function<bool()>& stop = {});

inline constexpr int64_t kInitialisationImages = 512;

// The same activations and gains in ConvNetELU without BatchNorm, with the weights of seed 0 and the first
// min(kInitialisationImages, all) images: the variance of what goes into the three activation layers, and of the
// logits.
std::vector<VarianceByDepth> VarianceInConvNet(const Images& images, int64_t classes,
                                               const std::function<bool()>& stop = {});

// {"linear": {"layers", "width", "seeds", "inputs", "curves"}, "convnet": {"images", "curves"}} of both, the curves as
// [{"activation", "label", "gain_name", "gain", "variance"}, ...]; a variance that is not finite is null.
nlohmann::ordered_json StudyInitialisation(const Images& images, int64_t classes, const LinearStack& stack = {},
                                           const std::function<bool()>& stop = {});

}  // namespace elu_lab

#endif  // ELU_LAB_MEASURE_INITIALISATION_H_
