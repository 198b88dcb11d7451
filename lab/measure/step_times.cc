#include "lab/measure/step_times.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <random>

#include "lab/training/trainer.h"
#include "program/clock.h"

namespace elu_lab {
namespace {

using program::Clock;

constexpr double kRate = 1e-4;  // small enough for any activation and no BatchNorm

double MillisecondsSince(program::Clock::time_point start) { return 1e3 * program::SecondsSince(start); }

// One network at work.
class Timed {
 public:
  Timed(const NetworkSettings& kind, const TrainingSettings& training, const Images& images, int64_t classes)
      : activation_(FindActivation(kind.activation, kind.alpha)),
        network_(MakeNetwork(activation_, training.seed, classes, kind.batch_norm)),
        trainer_(network_, images, training) {
    batch_ = images.pixels.slice(0, 0, std::min(training.batch, images.labels.size(0)));
  }

  double TimeStep() {
    const auto start = program::Clock::now();
    trainer_.Step();
    return MillisecondsSince(start);
  }

  // `gradients`, of the layers' outputs, are drawn where there is none yet: they are alike for all networks.
  double TimeActivations(std::vector<torch::Tensor>& gradients) {
    std::vector<torch::Tensor> inputs = Inputs();
    for (size_t i = gradients.size(); i < inputs.size(); ++i) gradients.push_back(torch::randn_like(inputs[i]));
    double sum = 0;
    for (size_t i = 0; i < inputs.size(); ++i) {
      torch::nn::AnyModule layer = activation_.make();
      inputs[i].requires_grad_();
      const torch::Tensor x = inputs[i].clone();  // which the layer may overwrite
      const auto start = program::Clock::now();
      const torch::Tensor y = layer.forward(x);
      torch::autograd::grad({y}, {inputs[i]}, {gradients[i]});
      sum += MillisecondsSince(start);
    }
    return sum;
  }

 private:
  // What goes into the layers. Kept for no longer than they are timed: of a batch of 512 it takes 0.2 GB.
  std::vector<torch::Tensor> Inputs() {
    const torch::NoGradGuard no_grad;
    std::vector<torch::Tensor> inputs;
    network_->eval();
    const auto keep = [&inputs](size_t, const torch::Tensor& input) { inputs.push_back(input.clone()); };
    network_->ForwardObserved(Normalise(batch_), {.before = keep, .after = {}});
    return inputs;
  }

  Activation activation_;
  ConvNet network_;
  Trainer trainer_;
  torch::Tensor batch_;
};

}  // namespace

std::vector<StepTimes> MeasureStepTimes(const std::vector<NetworkSettings>& networks, const TrainingSettings& training,
                                        const Images& images, int64_t classes, int rounds,
                                        const std::function<bool()>& stop) {
  TrainingSettings settings = training;
  settings.learning_rate = kRate;
  settings.epochs = rounds + 1;  // of one step at least
  std::vector<std::unique_ptr<Timed>> timed;
  for (const NetworkSettings& kind : networks) {
    timed.push_back(std::make_unique<Timed>(kind, settings, images, classes));
  }
  std::vector<StepTimes> times;
  for (size_t i = 0; i < networks.size(); ++i) times.push_back({i, {}, {}});
  std::vector<size_t> order(networks.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::mt19937_64 generator(training.seed);
  std::vector<torch::Tensor> gradients;
  for (int round = -1; round < rounds; ++round) {
    std::shuffle(order.begin(), order.end(), generator);
    std::vector<std::pair<double, double>> taken(networks.size());
    for (const size_t i : order) {
      if (stop && stop()) return times;
      try {
        taken[i].first = timed[i]->TimeStep();
        taken[i].second = timed[i]->TimeActivations(gradients);
      } catch (const Diverged&) {
        timed[i].reset();
        times[i] = {i, {}, {}};
      }
    }
    std::erase_if(order, [&timed](size_t i) { return timed[i] == nullptr; });
    if (round < 0) continue;  // it has warmed up caches and allocators
    for (const size_t i : order) {
      times[i].step.push_back(taken[i].first);
      times[i].activation.push_back(taken[i].second);
    }
  }
  return times;
}

}  // namespace elu_lab
