// CIFAR-10 in its binary form: records of one label byte and 3072 pixel bytes (1024 red, 1024 green, 1024 blue).
// Source: Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009.
#ifndef ELU_LAB_CIFAR10_H_
#define ELU_LAB_CIFAR10_H_

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

// The first `count` images of data_batch_1.bin to data_batch_5.bin in `folder`; of test_batch.bin if `test`.
// Throws std::runtime_error naming the file that is missing, not of 10,000 records, or has a label above 9 among the
// images asked for, or if there are fewer images than asked for.
Images ReadCifar10(const std::filesystem::path& folder, bool test, int64_t count);

// (N, 3, 32, 32) float, each channel with mean 0 and standard deviation 1 over CIFAR-10's training images.
torch::Tensor Normalise(const torch::Tensor& pixels);

}  // namespace elu_lab

#endif  // ELU_LAB_CIFAR10_H_
