// `elu-lab train`: one training with its folder, which holds
//   run.json              what it was started with
//   weights.safetensors   the network after the last epoch, or where it was interrupted
//   state.safetensors     all that the training goes on from
//   metrics.jsonl         one object an epoch
#ifndef ELU_LAB_RUN_TRAIN_H_
#define ELU_LAB_RUN_TRAIN_H_

#include <filesystem>
#include <iosfwd>

#include "lab/settings.h"

namespace elu_lab {

// Trains from the start; `out` gets a line an epoch. Returns 0, or 128 and a signal's number if that ended it early,
// between two batches and with everything saved. Throws std::exception with one line for people, also if the folder
// holds a run already.
int StartRun(const RunSettings& settings, std::ostream& out);

// Goes on with what the folder holds. The weights will be those of a run that never stopped, bit for bit.
int ResumeRun(const std::filesystem::path& folder, std::ostream& out);

}  // namespace elu_lab

#endif  // ELU_LAB_RUN_TRAIN_H_
