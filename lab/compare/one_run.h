// One training of a comparison, with all that is measured of it.
#ifndef ELU_LAB_COMPARE_ONE_RUN_H_
#define ELU_LAB_COMPARE_ONE_RUN_H_

#include <filesystem>
#include <optional>
#include <string>

#include "lab/compare/plan.h"
#include "lab/data/dataset.h"
#include "lab/results/comparison.h"

namespace elu_lab {

// What a complete run of the comparison in this folder came to, from its result.json: an element of "runs" in
// results.json. Nothing where the run is not complete. Throws std::runtime_error where the file is damaged.
std::optional<ComparedRun> ReadResult(const WrittenPlan& plan, size_t run, const std::filesystem::path& comparison);

// Puts result.json into the run's folder, which is complete by that, and removes the state that it was trained from.
void KeepResult(const ComparedRun& result, const std::filesystem::path& folder);

// Where the program ended after it kept the result and before it removed the state.
void RemoveState(const std::filesystem::path& folder);

// The machine that this is, with so many threads.
Machine ThisMachine(int threads);

// Trains the run of a number, or the rest of it, and keeps what it came to. False where a signal ended it early,
// everything saved. `title` goes before the progress.
bool TrainRun(const Plan& plan, size_t run, const Dataset& dataset, const std::string& title);

}  // namespace elu_lab

#endif  // ELU_LAB_COMPARE_ONE_RUN_H_
