#include "training.h"

#include <chrono>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace elu_lab {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int64_t kEvaluationBatch = 250;

double SecondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

double Cosine(double from, double to, double part) {
  return to + (from - to) * 0.5 * (1.0 + std::cos(std::numbers::pi * part));
}

void SetRate(torch::optim::SGD& optimizer, double rate) {
  for (auto& group : optimizer.param_groups()) static_cast<torch::optim::SGDOptions&>(group.options()).lr(rate);
}

}  // namespace

double OneCycleRate(double rate, int64_t step, int64_t steps) {
  const double peak = 0.3 * static_cast<double>(steps) - 1.0, last = static_cast<double>(steps) - 1.0;
  const auto now = static_cast<double>(step);
  if (now <= peak) return Cosine(rate / 25.0, rate, now / peak);
  return Cosine(rate, rate / 250'000.0, (now - peak) / (last - peak));
}

ConvNet MakeNetwork(const Activation& activation, uint64_t seed) {
  torch::manual_seed(seed);
  return ConvNet(activation, 10);
}

TrainingResult Train(ConvNet& network, const Images& images, const TrainingSettings& settings,
                     const Progress& progress) {
  torch::manual_seed(settings.seed);  // dropout
  auto generator = at::detail::createCPUGenerator(settings.seed);
  torch::optim::SGD optimizer(network->parameters(), torch::optim::SGDOptions(settings.learning_rate)
                                                         .momentum(settings.momentum)
                                                         .weight_decay(settings.weight_decay)
                                                         .nesterov(true));
  const int64_t count = images.labels.size(0), per_epoch = (count + settings.batch - 1) / settings.batch;
  const int64_t steps = per_epoch * settings.epochs;
  const int64_t stop = settings.max_steps > 0 ? std::min(settings.max_steps, steps) : steps;
  network->train();
  TrainingResult result;
  for (int64_t step = 0; step < stop;) {
    const auto start = Clock::now();
    const torch::Tensor order = torch::randperm(count, generator, torch::kInt64);
    double sum = 0;
    int64_t seen = 0;
    for (int64_t begin = 0; begin < count && step < stop; begin += settings.batch, ++step) {
      const torch::Tensor chosen = order.slice(0, begin, std::min(count, begin + settings.batch));
      SetRate(optimizer, OneCycleRate(settings.learning_rate, step, steps));
      optimizer.zero_grad();
      const torch::Tensor logits = network->forward(Normalise(images.pixels.index_select(0, chosen)));
      const torch::Tensor loss = torch::cross_entropy_loss(logits, images.labels.index_select(0, chosen));
      const auto value = loss.item<double>();
      if (!std::isfinite(value)) throw std::runtime_error("the loss became infinite; try a lower --lr");
      loss.backward();
      optimizer.step();
      result.step_losses.push_back(value);
      sum += value * static_cast<double>(chosen.size(0));
      seen += chosen.size(0);
      if (progress) progress(step + 1, stop, value);
    }
    result.epochs.push_back({sum / static_cast<double>(seen), SecondsSince(start)});
  }
  return result;
}

Evaluation Evaluate(ConvNet& network, const Images& images) {
  const torch::NoGradGuard no_grad;
  network->eval();
  const int64_t count = images.labels.size(0);
  Evaluation result;
  for (int64_t begin = 0; begin < count; begin += kEvaluationBatch) {
    const int64_t end = std::min(count, begin + kEvaluationBatch);
    const double share = static_cast<double>(end - begin) / static_cast<double>(count);
    std::vector<double> means;
    const torch::Tensor logits = network->ForwardWithMeans(Normalise(images.pixels.slice(0, begin, end)), means);
    const torch::Tensor labels = images.labels.slice(0, begin, end);
    result.loss += share * torch::cross_entropy_loss(logits, labels).item<double>();
    result.accuracy += share * (logits.argmax(1) == labels).to(torch::kFloat64).mean().item<double>();
    result.activation_means.resize(means.size());
    for (size_t i = 0; i < means.size(); ++i) result.activation_means[i] += share * means[i];
  }
  return result;
}

}  // namespace elu_lab
