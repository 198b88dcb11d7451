// Images of noise, for tests that need any images.
#ifndef ELU_TESTS_LAB_SUPPORT_NOISE_H_
#define ELU_TESTS_LAB_SUPPORT_NOISE_H_

#include <torch/torch.h>

#include "lab/data/cifar10.h"

namespace elu_lab {

// Always the same, with labels of ten classes.
inline Images Noise(int64_t count) {
  torch::manual_seed(5);
  return {torch::randint(256, {count, 3, 32, 32}, torch::kUInt8), torch::randint(10, {count}, torch::kInt64)};
}

}  // namespace elu_lab

#endif  // ELU_TESTS_LAB_SUPPORT_NOISE_H_
