// How the variance of a signal changes on its way through layers that have not learned yet.
#ifndef ELU_LAB_MEASURE_INITIALISATION_H_
#define ELU_LAB_MEASURE_INITIALISATION_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "lab/data/cifar10.h"
#include "lab/results/comparison.h"

namespace elu_lab {

// z_1 = W_1 x and z_k = W_k f(z_(k-1)) for vectors x whose elements are N(0, 1): the variance, about their mean, of the
// elements of z_k of all `inputs` vectors together; each the mean over the seeds. ReLU, Leaky ReLU, ELU (alpha 0.5, 1
// and 2) and SELU with He's gain, ELU and SELU with their own. Curves differ in the activation and the gain alone: x
// and W / gain are drawn once a seed. `stop`, asked before each layer, ends it early: the result is then of no use.
std::vector<VarianceCurve> VarianceInStack(const LinearStack& stack, const std::function<bool()>& stop = {});

inline constexpr int64_t kInitialisationImages = 512;

// The same activations and gains in ConvNetELU without BatchNorm, with the weights of seed 0 and the first
// min(kInitialisationImages, all) images: the variance of what goes into the three activation layers, and of the
// logits.
std::vector<VarianceCurve> VarianceInConvNet(const Images& images, int64_t classes,
                                             const std::function<bool()>& stop = {});

// Both.
Initialisation StudyInitialisation(const Images& images, int64_t classes, const LinearStack& stack = {},
                                   const std::function<bool()>& stop = {});

}  // namespace elu_lab

#endif  // ELU_LAB_MEASURE_INITIALISATION_H_
