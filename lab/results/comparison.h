// What results.json of a comparison holds. A figure that was not measured, or is not finite, is NaN.
#ifndef ELU_LAB_RESULTS_COMPARISON_H_
#define ELU_LAB_RESULTS_COMPARISON_H_

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace elu_lab {

struct Variant {
  std::string name, label, activation;
  double alpha = 0;  // NaN where the activation has none
  std::string norm;  // "batch" or "none"
  double learning_rate_factor = 1;
};

// They differ in the learning rate at most, so that one's times are the other's.
bool SameNetwork(const Variant& a, const Variant& b);

struct LayerResult {
  std::string name;
  double mean = 0, deviation = 0, saturated = 0, units = 0, dead = 0;
  double low = 0, high = 0;         // the histogram's range
  std::vector<double> shares = {};  // of values, by bins; the first and the last also hold what lies beyond
};

struct NamedNorm {
  std::string name;
  double norm = 0;
};

struct EpochOfRun {
  double epoch = 0, train_loss = 0, test_loss = 0, test_accuracy = 0, seconds = 0;
  std::vector<LayerResult> layers = {};
  std::vector<NamedNorm> gradient_norms = {};
};

// Accuracy at a strength of what is done to the images: sigma of noise, or share of pixel values that are made black or
// white.
struct RobustnessPoint {
  double strength = 0, accuracy = 0;
};

struct ComparedRun {
  size_t variant = 0;
  uint64_t seed = 0;
  bool diverged = false;
  std::vector<double> step_losses = {};
  std::vector<EpochOfRun> epochs = {};
  std::vector<RobustnessPoint> noise = {}, outliers = {};
};

// Milliseconds, one number a round; rounds take turns with the other variants'.
struct StepTimes {
  size_t variant = 0;
  std::vector<double> step, activation;
};

// Variance of pre-activations, from the first layer on.
struct VarianceCurve {
  std::string activation, label, gain_name;
  double gain = 0;
  std::vector<double> variance;
};

struct Comparison {
  std::string name;  // of its folder
  std::string program, date, command, processor, target, data, kernel;
  double threads = 0, classes = 0, train_images = 0, test_images = 0, epochs = 0, batch = 0;
  double learning_rate = 0, momentum = 0, weight_decay = 0;
  bool augment = false;
  std::vector<uint64_t> seeds;  // that were planned
  nlohmann::ordered_json thresholds;
  std::vector<Variant> variants;
  std::vector<ComparedRun> runs;
  std::vector<StepTimes> step_times;
  std::vector<VarianceCurve> linear, convnet;
};

// Of a comparison's folder or its results.json. Throws std::runtime_error with one line that names the file.
Comparison ReadComparison(const std::filesystem::path& folder_or_file);

// One of its runs, also as result.json of the run's own folder has it. Throws nlohmann::json::exception where a part of
// it is missing or of another kind, also where it did not diverge and has no epoch.
ComparedRun ReadRun(const nlohmann::ordered_json& json);

// The threshold that was written down, or nothing.
std::optional<double> ThresholdOf(const Comparison& comparison, const std::string& claim, const std::string& name);

}  // namespace elu_lab

#endif  // ELU_LAB_RESULTS_COMPARISON_H_
