#include "lab/training/trainer.h"

#include <cmath>
#include <numbers>

#include "lab/training/augment.h"

namespace elu_lab {
namespace {

double Cosine(double from, double to, double part) {
  return to + (from - to) * 0.5 * (1.0 + std::cos(std::numbers::pi * part));
}

torch::optim::SGDOptions OptionsOf(const TrainingSettings& settings) {
  return torch::optim::SGDOptions(settings.learning_rate)
      .momentum(settings.momentum)
      .weight_decay(settings.weight_decay)
      .nesterov(true);
}

}  // namespace

double OneCycleRate(double rate, int64_t step, int64_t steps) {
  const double peak = 0.3 * static_cast<double>(steps) - 1.0, last = static_cast<double>(steps) - 1.0;
  const auto now = static_cast<double>(step);
  if (now <= peak) return Cosine(rate / 25.0, rate, now / peak);
  return Cosine(rate, rate / 250'000.0, (now - peak) / (last - peak));
}

Trainer::Trainer(ConvNet network, const Images& images, const TrainingSettings& settings)
    : network_(std::move(network)),
      images_(images),
      settings_(settings),
      optimizer_(network_->parameters(), OptionsOf(settings)),
      generator_(at::detail::createCPUGenerator(settings.seed)),
      count_(images.labels.size(0)),
      per_epoch_((count_ + settings.batch - 1) / settings.batch) {
  torch::manual_seed(settings.seed);  // dropout
  order_ = torch::zeros({count_}, torch::kInt64);
  losses_ = torch::zeros({steps()}, torch::kFloat64);
}

double Trainer::Step() {
  const int64_t begin = step_ % per_epoch_ * settings_.batch;
  if (begin == 0) StartEpoch();
  const torch::Tensor chosen = order_.slice(0, begin, std::min(count_, begin + settings_.batch));
  const double loss = TrainOn(chosen);
  loss_sum_ += loss * static_cast<double>(chosen.size(0));
  losses_[step_] = loss;
  ++step_;
  return loss;
}

void Trainer::StartEpoch() {
  order_ = torch::randperm(count_, generator_, torch::kInt64);
  loss_sum_ = 0;
}

double Trainer::TrainOn(const torch::Tensor& chosen) {
  network_->train();
  const double rate = OneCycleRate(settings_.learning_rate, step_, steps());
  for (auto& group : optimizer_.param_groups()) group.options().set_lr(rate);
  optimizer_.zero_grad();
  torch::Tensor pixels = images_.pixels.index_select(0, chosen);
  if (settings_.augment) pixels = Augment(pixels, generator_);
  const torch::Tensor logits = network_->forward(Normalise(pixels));
  const torch::Tensor loss = torch::cross_entropy_loss(logits, images_.labels.index_select(0, chosen));
  const auto value = loss.item<double>();
  if (!std::isfinite(value)) throw Diverged("the loss became infinite; try a lower --lr");
  loss.backward();
  optimizer_.step();
  return value;
}

double Trainer::MeanLoss() const {
  const int64_t batches = (step_ - 1) % per_epoch_ + 1;
  return loss_sum_ / static_cast<double>(std::min(count_, batches * settings_.batch));
}

std::vector<double> Trainer::StepLosses() const {
  const double* first = losses_.const_data_ptr<double>();
  return {first, first + step_};
}

}  // namespace elu_lab
