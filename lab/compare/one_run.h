// One training of a comparison, with all that is measured of it.
#ifndef ELU_LAB_COMPARE_ONE_RUN_H_
#define ELU_LAB_COMPARE_ONE_RUN_H_

#include <optional>
#include <string>

#include "lab/compare/plan.h"
#include "lab/data/dataset.h"
#include "lab/results/comparison.h"

namespace elu_lab {

// What a complete run came to, from its result.json: an element of "runs" in results.json. Nothing where the run is not
// complete. Throws std::runtime_error where the file is damaged.
std::optional<ComparedRun> ReadResult(const Plan& plan, size_t run);

// Trains the run of a number, or the rest of it, and keeps what it came to. Nothing where a signal ended it early,
// everything saved. `title` goes before the progress.
std::optional<ComparedRun> TrainRun(const Plan& plan, size_t run, const Dataset& dataset, const std::string& title);

}  // namespace elu_lab

#endif  // ELU_LAB_COMPARE_ONE_RUN_H_
