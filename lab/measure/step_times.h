// What a training step costs with each of several networks, and what share of it their activations take.
#ifndef ELU_LAB_MEASURE_STEP_TIMES_H_
#define ELU_LAB_MEASURE_STEP_TIMES_H_

#include <functional>
#include <nlohmann/json.hpp>
#include <vector>

#include "lab/data/cifar10.h"
#include "lab/settings.h"

namespace elu_lab {

inline constexpr int kTimedRounds = 20;

// In milliseconds, one number a round: round i of all networks was measured within seconds.
struct RoundTimes {
  std::vector<double> step;        // Trainer::Step: choice and augmentation of a batch, forward, backward, update
  std::vector<double> activation;  // forward and backward of the three activation layers alone
};

// One for each of `networks`. In each round every network, in random order, takes a step, as `training` says of batch
// and augmentation, and then runs its activation layers on what went into them: copies of one batch's inputs of the
// three layers, of the same shapes and layout, in place where the layer is. One round before the first warms up and is
// not counted. The networks begin with the weights of training.seed and learn at a rate so low that times do not depend
// on it; one that diverges all the same has no times. `stop`, asked before each network of a round, ends it early with
// as many rounds as were whole. Draws from PyTorch's own generator: no Trainer may be at work.
std::vector<RoundTimes> MeasureStepTimes(const std::vector<NetworkSettings>& networks, const TrainingSettings& training,
                                         const Images& images, int64_t classes, int rounds = kTimedRounds,
                                         const std::function<bool()>& stop = {});

// [{"variant": its place in `networks`, "step_ms": [...], "activation_ms": [...]}, ...]
nlohmann::ordered_json ToJson(const std::vector<RoundTimes>& times);

}  // namespace elu_lab

#endif  // ELU_LAB_MEASURE_STEP_TIMES_H_
