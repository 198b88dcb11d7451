// What a user can choose. Apart from everything else, so that the command line needs no header of PyTorch's.
#ifndef ELU_LAB_SETTINGS_H_
#define ELU_LAB_SETTINGS_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace elu_lab {

// The names of the activations, and whether one has an alpha to choose.
std::vector<std::string> ActivationNames();
bool TakesAlpha(const std::string& activation);

struct NetworkSettings {
  std::string activation = "elu";
  double alpha = 1.0;
  bool batch_norm = true;

  bool operator==(const NetworkSettings&) const = default;
};

struct TrainingSettings {
  int64_t epochs = 1, batch = 64;
  double learning_rate = 0.01;  // the highest of the cycle
  double momentum = 0.9, weight_decay = 5e-4;
  uint64_t seed = 0;
  bool augment = false;  // flip and shift the training images at random
};

// One of `count` parts of a grid, by its number from 1 on.
struct Shard {
  size_t number = 1, count = 1;
};

// A grid: every activation (elu and celu with every alpha), with every norm and factor of the learning rate, is trained
// with every seed.
struct CompareSettings {
  std::vector<std::string> activations = {"relu", "leaky_relu", "elu"};
  std::vector<double> alphas = {0.5, 1, 2};
  std::vector<bool> batch_norms = {true};
  std::vector<double> rate_factors = {1};
  TrainingSettings training;  // its seed is the first
  int64_t seeds = 5;
  int64_t train_images = 0, test_images = 0;  // 0: all
  Shard shard;                                // that is trained
  std::filesystem::path data, output;
  bool elu_kernel = true;  // false: PyTorch's own kernel for ELU
  int threads = 0;         // 0: as many as PyTorch takes by itself, or as the comparison was begun with
  std::string command;     // as it was typed
};

// One training with its folder.
struct RunSettings {
  NetworkSettings network;
  TrainingSettings training;
  std::filesystem::path data, output;
  bool elu_kernel = true;
  int threads = 0;  // 0: as many as PyTorch takes by itself
};

struct EvaluateSettings {
  std::filesystem::path checkpoint, data, figure;  // figure: an SVG, or empty for none
  std::optional<std::string> activation;           // unless the checkpoint's own
  std::optional<double> alpha;
  bool all = false;  // also the images that train would train with, of class folders that it splits
};

struct PredictSettings {
  std::filesystem::path checkpoint;
  std::vector<std::filesystem::path> images;
  std::optional<std::string> activation;
  std::optional<double> alpha;
};

}  // namespace elu_lab

#endif  // ELU_LAB_SETTINGS_H_
