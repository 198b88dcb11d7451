// What a user can choose. Apart from everything else, so that the command line needs no header of PyTorch's.
#ifndef ELU_LAB_SETTINGS_H_
#define ELU_LAB_SETTINGS_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace elu_lab {

// The names that CompareSettings::activations may hold.
std::vector<std::string> ActivationNames();

struct TrainingSettings {
  int64_t epochs = 1, batch = 64;
  double learning_rate = 0.01;  // the highest of the cycle
  double momentum = 0.9, weight_decay = 5e-4;
  uint64_t seed = 0;
  int64_t max_steps = 0;  // stop after so many; 0: no limit
};

struct CompareSettings {
  TrainingSettings training;
  std::vector<std::string> activations;
  int64_t train_images = 50'000, test_images = 10'000;
  std::filesystem::path data, output;
  bool elu_kernel = true;  // false: PyTorch's own kernel for ELU
};

}  // namespace elu_lab

#endif  // ELU_LAB_SETTINGS_H_
