// What a comparison is to train: its grid, written down before the first run.
#ifndef ELU_LAB_COMPARE_PLAN_H_
#define ELU_LAB_COMPARE_PLAN_H_

#include <vector>

#include "lab/data/dataset.h"
#include "lab/files/run_record.h"
#include "lab/results/comparison.h"
#include "lab/settings.h"

namespace elu_lab {

// The grid, each to be trained once with every seed: activations, and alphas within them, in their order, with every
// norm and factor.
std::vector<Variant> MakeVariants(const CompareSettings& settings);

NetworkSettings NetworkOf(const Variant& variant);

// plan.json of the output folder.
struct Plan {
  CompareSettings settings;  // threads as used
  SharedSettings shared;
  std::vector<Variant> variants;
  RunRecord record;  // the classes and images of every run
  std::vector<ClaimThresholds> thresholds;

  size_t Runs() const { return variants.size() * static_cast<size_t>(settings.seeds); }
  // Of the run of a number, which go seed by seed.
  size_t VariantOf(size_t run) const { return run % variants.size(); }
  uint64_t SeedOf(size_t run) const { return settings.training.seed + run / variants.size(); }
  // What it is started with.
  RunRecord RecordOf(size_t run) const;
};

// Writes the plan, or finds that the folder holds the same already; thresholds stay as they were written first. Throws
// std::runtime_error where it holds another plan, naming what differs, or runs without one.
Plan MakePlan(const CompareSettings& settings, const Dataset& dataset);

}  // namespace elu_lab

#endif  // ELU_LAB_COMPARE_PLAN_H_
