// Training of one network, deterministic for a seed: SGD with Nesterov momentum, weight decay and a one-cycle rate.
#ifndef ELU_LAB_TRAINING_TRAINER_H_
#define ELU_LAB_TRAINING_TRAINER_H_

#include <cstdint>
#include <stdexcept>
#include <vector>

#include "lab/checkpoint/safetensors.h"
#include "lab/data/cifar10.h"
#include "lab/network/activation.h"
#include "lab/network/convnet.h"
#include "lab/settings.h"

namespace elu_lab {

// The rate of step `step` of `steps`: from rate/25 up to `rate` over the first 30 %, then down to rate/250,000, both
// along half a cosine (Smith, Topin, "Super-Convergence", 2019; the constants are PyTorch's OneCycleLR's).
double OneCycleRate(double rate, int64_t step, int64_t steps);

// The loss is no longer finite: the learning rate was too high.
class Diverged : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Step after step through the epochs. Order, shifts and dropout depend on the seed alone; dropout draws from PyTorch's
// own generator, so that one Trainer at a time may be at work.
class Trainer {
 public:
  // The network is trained in place; the images must outlive the trainer.
  Trainer(ConvNet network, const Images& images, const TrainingSettings& settings);

  int64_t steps_done() const { return step_; }
  int64_t steps() const { return per_epoch_ * settings_.epochs; }
  int64_t epochs_done() const { return step_ / per_epoch_; }

  // One batch; returns its loss. Throws Diverged if that is not finite; the step is then not done.
  double Step();

  // One a step done.
  std::vector<double> StepLosses() const;

  // Over the images that the epoch under way, or just finished, has seen.
  double MeanLoss() const;

  // The step losses and all that later steps depend on, apart from settings and images: network.*, momentum.*,
  // random.*, order, step, losses, loss_sum. Copies; Restore throws std::runtime_error, and changes nothing, where
  // names, types, shapes or the step do not fit.
  Tensors State() const;
  void Restore(const Tensors& state);

 private:
  void StartEpoch();
  double TrainOn(const torch::Tensor& chosen);
  torch::Tensor MomentumOf(const torch::Tensor& parameter) const;

  ConvNet network_;
  const Images& images_;
  TrainingSettings settings_;
  torch::optim::SGD optimizer_;
  at::Generator generator_;  // of order and shifts
  torch::Tensor order_;      // of the images in this epoch
  torch::Tensor losses_;     // one a step, those to come included
  int64_t count_, per_epoch_, step_ = 0;
  double loss_sum_ = 0;
};

}  // namespace elu_lab

#endif  // ELU_LAB_TRAINING_TRAINER_H_
