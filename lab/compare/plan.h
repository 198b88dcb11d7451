// What a comparison is to train: its grid, and what each run of it is started with.
#ifndef ELU_LAB_COMPARE_PLAN_H_
#define ELU_LAB_COMPARE_PLAN_H_

#include <vector>

#include "lab/compare/plan_file.h"
#include "lab/data/dataset.h"
#include "lab/files/run_record.h"
#include "lab/settings.h"

namespace elu_lab {

// The grid, each to be trained once with every seed: activations, and alphas within them, in their order, with every
// norm and factor.
std::vector<Variant> MakeVariants(const CompareSettings& settings);

NetworkSettings NetworkOf(const Variant& variant);

// plan.json of the output folder, with what this process was asked for.
struct Plan : WrittenPlan {
  CompareSettings settings;
  RunRecord record;  // the classes and images of every run

  // What the run of a number is started with.
  RunRecord RecordOf(size_t run) const;
  // The numbers of the runs of its shard. Shards differ by one run at most, and each gets runs of every variant in
  // turn, as far as there are seeds: some variants diverge early, others are slow.
  std::vector<size_t> RunsOfShard() const;
};

// Writes the plan, or finds that the folder holds the same already; thresholds stay as they were written first. Throws
// std::runtime_error where it holds another plan, naming what differs, or runs without one.
Plan MakePlan(const CompareSettings& settings, const Dataset& dataset);

}  // namespace elu_lab

#endif  // ELU_LAB_COMPARE_PLAN_H_
