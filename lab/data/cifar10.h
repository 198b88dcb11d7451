// CIFAR-10 as tensors.
#ifndef ELU_LAB_DATA_CIFAR10_H_
#define ELU_LAB_DATA_CIFAR10_H_

#include <torch/torch.h>

#include <filesystem>
#include <string>
#include <vector>

namespace elu_lab {

struct Images {
  torch::Tensor pixels;  // (N, 3, 32, 32) uint8
  torch::Tensor labels;  // (N) int64, from 0
};

constexpr int64_t kCifar10Train = 50'000, kCifar10Test = 10'000;

// "airplane" to "truck", in the order of the labels.
std::vector<std::string> Cifar10Classes();

// The first `count` training images or, if `test`, test images. Throws as ReadCifar10Records (cifar10_records.h).
Images ReadCifar10(const std::filesystem::path& folder, bool test, int64_t count);

// (N, 3, 32, 32) float, each channel with mean 0 and standard deviation 1 over CIFAR-10's training images.
torch::Tensor Normalise(const torch::Tensor& pixels);

}  // namespace elu_lab

#endif  // ELU_LAB_DATA_CIFAR10_H_
