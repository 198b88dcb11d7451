// What a comparison found: results.json as a value. A figure that was not measured, or is not finite, is read as NaN.
#ifndef ELU_LAB_RESULTS_COMPARISON_H_
#define ELU_LAB_RESULTS_COMPARISON_H_

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace elu_lab {

// A double that files hold as a whole number.
struct Whole {
  constexpr Whole(std::integral auto count) : number(static_cast<double>(count)) {}
  constexpr Whole(std::floating_point auto count) : number(count) {}
  constexpr operator double() const { return number; }

  double number;
};

struct Variant {
  std::string name;  // "elu-0.5-batch-lr4", of the folders of its runs
  std::string label, activation;
  double alpha = 0;  // NaN where the activation has none
  std::string norm;  // "batch" or "none"
  double learning_rate_factor = 1;

  bool operator==(const Variant&) const = default;
};

// They differ in the learning rate at most, so that one's times are the other's.
bool SameNetwork(const Variant& a, const Variant& b);

struct Histogram {
  double low = 0, high = 0;         // its range
  std::vector<double> shares = {};  // of values, by bins; the first and the last also hold what lies beyond

  bool operator==(const Histogram&) const = default;
};

// Of the outputs y = f(x) of a layer of activations, at all units and positions of all images together.
struct LayerResult {
  std::string name;
  double mean = 0, deviation = 0;  // deviation: the root of the mean of (y - mean)^2
  double saturated = 0;            // share of y below 0.99 times the activation's floor; NaN where it has none
  Whole units = 0;                 // channels of a convolution, neurons of a linear layer
  Whole dead = 0;                  // units with f'(x) = 0, to the bit, at every position of every image
  Histogram histogram = {};

  bool operator==(const LayerResult&) const = default;
};

// Of the gradient of a weight, "features.0.weight".
struct NamedNorm {
  std::string name;
  double norm = 0;

  bool operator==(const NamedNorm&) const = default;
};

struct EpochOfRun {
  Whole epoch = 0;
  std::optional<int64_t> step = {};  // in metrics.jsonl alone
  double train_loss = 0, test_loss = 0, test_accuracy = 0, seconds = 0;
  std::optional<double> images_per_second = {};  // in metrics.jsonl alone
  std::vector<LayerResult> layers = {};
  std::vector<NamedNorm> gradient_norms = {};

  bool operator==(const EpochOfRun&) const = default;
};

// Accuracy at a strength of what is done to the images: sigma of noise, or share of pixel values that are made black or
// white.
struct RobustnessPoint {
  double strength = 0, accuracy = 0;

  bool operator==(const RobustnessPoint&) const = default;
};

struct Robustness {
  int64_t images = 0;
  std::vector<RobustnessPoint> noise, outliers;  // by growing strength, noise from 0

  bool empty() const { return noise.empty() && outliers.empty(); }
  bool operator==(const Robustness&) const = default;
};

// At noise of sigma times the deviation of a layer's pre-activations: a figure with it where they are negative, and
// with it everywhere.
struct NoisePoint {
  double sigma = 0, negative = 0, everywhere = 0;

  bool operator==(const NoisePoint&) const = default;
};

// A layer's pre-activations, and which share of the variance of noise that is added to them its activations let
// through.
struct LayerNoise {
  std::string name;
  double mean = 0, deviation = 0, negative_share = 0;
  std::vector<NoisePoint> transmitted;

  bool operator==(const LayerNoise&) const = default;
};

struct PreactivationNoise {
  int64_t images = 0;
  std::vector<LayerNoise> layers;    // each alone
  std::vector<NoisePoint> accuracy;  // with noise in all layers

  bool empty() const { return layers.empty(); }
  bool operator==(const PreactivationNoise&) const = default;
};

// Times are compared on one machine alone.
struct Machine {
  std::string processor;
  Whole threads = 0;
  std::string target;
  std::string name = {};  // in its network

  bool operator==(const Machine&) const = default;
};

struct ComparedRun {
  size_t variant = 0;
  uint64_t seed = 0;
  bool diverged = false;
  Robustness robustness = {};                   // empty where it diverged
  PreactivationNoise preactivation_noise = {};  // the same
  std::vector<double> step_losses = {};
  std::vector<EpochOfRun> epochs = {};
  std::optional<Machine> machine = {};  // that trained it to its end; what was written earlier does not tell

  // It diverged, or has a last epoch with all that is told of it.
  bool Complete() const;
  bool operator==(const ComparedRun&) const = default;
};

// In milliseconds, one number a round; rounds take turns with the other variants'.
struct StepTimes {
  size_t variant = 0;
  std::vector<double> step;        // Trainer::Step: choice and augmentation of a batch, forward, backward, update
  std::vector<double> activation;  // forward and backward of the three activation layers alone

  bool operator==(const StepTimes&) const = default;
};

// Of networks that took turns.
struct Timing {
  Machine machine;
  std::vector<StepTimes> step_times;

  bool operator==(const Timing&) const = default;
};

// Variance of pre-activations, from the first layer on. Weights are normal with mean 0 and standard deviation
// gain / sqrt(fan-in); biases are 0.
struct VarianceCurve {
  std::string activation, label;  // "elu", "ELU (alpha 0.5)"
  std::string gain_name;          // "He": sqrt(2), whatever the activation; "statistics.hpp": elu::initialisation_gain
  double gain = 0;
  std::vector<double> variance;

  bool operator==(const VarianceCurve&) const = default;
};

struct LinearStack {
  int64_t layers = 50, width = 512, seeds = 5, inputs = 128;

  bool operator==(const LinearStack&) const = default;
};

struct Initialisation {
  LinearStack stack;
  std::vector<VarianceCurve> linear;  // in the stack
  int64_t images = 0;
  std::vector<VarianceCurve> convnet;  // in the network of the comparison, with these images

  bool empty() const { return linear.empty() && convnet.empty(); }
  bool operator==(const Initialisation&) const = default;
};

// What all runs have in common.
struct SharedSettings {
  std::string data;
  Whole classes = 0, train_images = 0, test_images = 0, epochs = 0, batch = 0;
  double learning_rate = 0, momentum = 0, weight_decay = 0;
  bool augment = false;
  std::string kernel;
  std::vector<uint64_t> seeds;  // that were planned

  bool operator==(const SharedSettings&) const = default;
};

struct Threshold {
  std::string name;
  double number = 0;
  bool whole = false;  // a count: files hold it as a whole number

  bool operator==(const Threshold&) const = default;
};

struct ClaimThresholds {
  std::string claim;
  std::vector<Threshold> numbers;

  bool operator==(const ClaimThresholds&) const = default;
};

struct Comparison {
  std::string name;  // of its folder
  std::string program, date, command;
  Machine machine;  // of step_times
  SharedSettings settings;
  std::vector<ClaimThresholds> thresholds;
  std::vector<Variant> variants;
  std::vector<ComparedRun> runs;
  std::vector<StepTimes> step_times;  // empty until it is measured
  std::vector<Timing> timed_apart;    // of comparisons that were merged into this one, each with its own rounds
  Initialisation initialisation;      // empty until it is measured

  // The place of one of its variants.
  size_t IndexOf(const Variant& variant) const { return static_cast<size_t>(&variant - variants.data()); }
  // step_times, if there are any, and those apart.
  std::vector<Timing> Timings() const;
  // That trained its runs, each once; its own where no run tells.
  std::vector<Machine> Machines() const;
  // The last epoch of a run that went through all of them, or null.
  const EpochOfRun* LastEpoch(const ComparedRun& run) const;
  // NaN where it was not written down.
  double ThresholdOf(const std::string& claim, const std::string& name) const;
  bool operator==(const Comparison&) const = default;
};

}  // namespace elu_lab

#endif  // ELU_LAB_RESULTS_COMPARISON_H_
