#include "step_times.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <random>

#include "clock.h"
#include "training.h"

namespace elu_lab {
namespace {

constexpr double kRate = 1e-4;  // small enough for any activation and no BatchNorm

double MillisecondsSince(Clock::time_point start) { return 1e3 * SecondsSince(start); }

// One network at work.
class Timed {
 public:
  Timed(const NetworkSettings& kind, const TrainingSettings& training, const Images& images, int64_t classes)
      : activation_(FindActivation(kind.activation, kind.alpha)),
        network_(MakeNetwork(activation_, training.seed, classes, kind.batch_norm)),
        trainer_(network_, images, training) {
    const int64_t batch = std::min(training.batch, images.labels.size(0));
    const torch::NoGradGuard no_grad;
    const torch::Tensor x = Normalise(images.pixels.slice(0, 0, batch));
    network_->eval();
    const auto keep = [this](size_t, const torch::Tensor& input) { inputs_.push_back(input.clone()); };
    network_->ForwardObserved(x, {.before = keep, .after = {}});
    for (torch::Tensor& input : inputs_) {
      layers_.push_back(activation_.make());
      gradients_.push_back(torch::randn_like(input));
      input.requires_grad_();
    }
  }

  double TimeStep() {
    const auto start = Clock::now();
    trainer_.Step();
    return MillisecondsSince(start);
  }

  double TimeActivations() {
    double sum = 0;
    for (size_t i = 0; i < inputs_.size(); ++i) {
      const torch::Tensor x = inputs_[i].clone();  // which the layer may overwrite
      const auto start = Clock::now();
      const torch::Tensor y = layers_[i].forward(x);
      torch::autograd::grad({y}, {inputs_[i]}, {gradients_[i]});
      sum += MillisecondsSince(start);
    }
    return sum;
  }

 private:
  Activation activation_;
  ConvNet network_;
  Trainer trainer_;
  std::vector<torch::Tensor> inputs_, gradients_;
  std::vector<torch::nn::AnyModule> layers_;
};

}  // namespace

std::vector<RoundTimes> MeasureStepTimes(const std::vector<NetworkSettings>& networks, const TrainingSettings& training,
                                         const Images& images, int64_t classes, int rounds,
                                         const std::function<bool()>& stop) {
  TrainingSettings settings = training;
  settings.learning_rate = kRate;
  settings.epochs = rounds + 1;  // of one step at least
  std::vector<std::unique_ptr<Timed>> timed;
  for (const NetworkSettings& kind : networks) {
    timed.push_back(std::make_unique<Timed>(kind, settings, images, classes));
  }
  std::vector<RoundTimes> times(networks.size());
  std::vector<size_t> order(networks.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::mt19937_64 generator(training.seed);
  for (int round = -1; round < rounds; ++round) {
    std::shuffle(order.begin(), order.end(), generator);
    std::vector<std::pair<double, double>> taken(networks.size());
    for (const size_t i : order) {
      if (stop && stop()) return times;
      taken[i].first = timed[i]->TimeStep();
      taken[i].second = timed[i]->TimeActivations();
    }
    if (round < 0) continue;  // it has warmed up caches and allocators
    for (const size_t i : order) {
      times[i].step.push_back(taken[i].first);
      times[i].activation.push_back(taken[i].second);
    }
  }
  return times;
}

nlohmann::ordered_json ToJson(const std::vector<RoundTimes>& times) {
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (size_t i = 0; i < times.size(); ++i) {
    json.push_back({{"variant", i}, {"step_ms", times[i].step}, {"activation_ms", times[i].activation}});
  }
  return json;
}

}  // namespace elu_lab
