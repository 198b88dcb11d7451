// What a layer of activations lets through of noise that was added to what goes into it.
#ifndef ELU_LAB_MEASURE_PREACTIVATION_NOISE_H_
#define ELU_LAB_MEASURE_PREACTIVATION_NOISE_H_

#include <torch/torch.h>

#include <cstdint>
#include <functional>

#include "lab/data/cifar10.h"
#include "lab/network/convnet.h"
#include "lab/results/comparison.h"

namespace elu_lab {

inline constexpr int64_t kPreactivationImages = 500;

// On the first min(kPreactivationImages, all) images, with normal noise n that depends on the seed alone. Its standard
// deviation is sigma times that of the layer's pre-activations z, at three sigmas. For each layer alone: the sum of
// (f(z + n) - f(z))^2 over that of n^2. For noise in all layers at once: the accuracy. Both where z < 0 and everywhere.
// `stop`, asked before each batch, ends it early: the result is then of no use.
PreactivationNoise MeasurePreactivationNoise(ConvNet& network, const Images& images, uint64_t seed,
                                             const std::function<bool()>& stop = {});

}  // namespace elu_lab

#endif  // ELU_LAB_MEASURE_PREACTIVATION_NOISE_H_
