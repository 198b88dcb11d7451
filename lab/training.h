// Training of one network, deterministic for a seed: SGD with Nesterov momentum, weight decay and a one-cycle rate.
#ifndef ELU_LAB_TRAINING_H_
#define ELU_LAB_TRAINING_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "activation.h"
#include "cifar10.h"
#include "convnet.h"
#include "settings.h"

namespace elu_lab {

struct EpochResult {
  double mean_loss = 0, seconds = 0;
};

struct TrainingResult {
  std::vector<double> step_losses;
  std::vector<EpochResult> epochs;
};

struct Evaluation {
  double loss = 0, accuracy = 0;                 // mean cross-entropy; share of right answers
  std::vector<double> activation_means;          // one a layer of activations, over all images
};

// Called after every step with the step, the number of steps and the loss.
using Progress = std::function<void(int64_t step, int64_t steps, double loss)>;

// The rate of step `step` of `steps`: from rate/25 up to `rate` over the first 30 %, then down to rate/250,000, both
// along half a cosine (Smith, Topin, "Super-Convergence", 2019; the constants are PyTorch's OneCycleLR's).
double OneCycleRate(double rate, int64_t step, int64_t steps);

// Seeds PyTorch's generator and makes the network: equal seeds give equal first weights for every activation.
ConvNet MakeNetwork(const Activation& activation, uint64_t seed);

// Trains in place. The order of the images depends on the seed alone. Throws std::runtime_error if the loss is no
// longer finite.
TrainingResult Train(ConvNet& network, const Images& images, const TrainingSettings& settings,
                     const Progress& progress = {});

Evaluation Evaluate(ConvNet& network, const Images& images);

}  // namespace elu_lab

#endif  // ELU_LAB_TRAINING_H_
