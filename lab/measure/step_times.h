// What a training step costs with each of several networks, and what share of it their activations take.
#ifndef ELU_LAB_MEASURE_STEP_TIMES_H_
#define ELU_LAB_MEASURE_STEP_TIMES_H_

#include <functional>
#include <vector>

#include "lab/data/cifar10.h"
#include "lab/results/comparison.h"
#include "lab/settings.h"

namespace elu_lab {

inline constexpr int kTimedRounds = 20;

// One for each of `networks`, its place among them for its variant. In each round every network, in random order, takes
// a step, as `training` says of batch and augmentation, and then runs its activation layers on what went into them:
// copies of one batch's inputs of the three layers, of the same shapes and layout, in place where the layer is. One
// round before the first warms up and is not counted. The networks begin with the weights of training.seed and learn at
// a rate so low that times do not depend on it; one that diverges all the same has no times. `stop`, asked before each
// network of a round, ends it early with as many rounds as were whole. Draws from PyTorch's own generator: no Trainer
// may be at work.
std::vector<StepTimes> MeasureStepTimes(const std::vector<NetworkSettings>& networks, const TrainingSettings& training,
                                        const Images& images, int64_t classes, int rounds = kTimedRounds,
                                        const std::function<bool()>& stop = {});

}  // namespace elu_lab

#endif  // ELU_LAB_MEASURE_STEP_TIMES_H_
