// What a comparison is to train: its grid, written down before the first run.
#ifndef ELU_LAB_COMPARE_PLAN_H_
#define ELU_LAB_COMPARE_PLAN_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "lab/data/dataset.h"
#include "lab/files/run_record.h"
#include "lab/settings.h"

namespace elu_lab {

// One network of the grid, which is trained once with every seed.
struct PlannedVariant {
  std::string name;   // "elu-0.5-batch-lr4", of its folders
  std::string label;  // "ELU (alpha 0.5)"
  NetworkSettings network;
  double rate_factor = 1;  // of the learning rate
};

// Activations, and alphas within them, in their order, with every norm and factor.
std::vector<PlannedVariant> MakeVariants(const CompareSettings& settings);

// plan.json of the output folder.
struct Plan {
  CompareSettings settings;  // threads as used
  std::vector<PlannedVariant> variants;
  RunRecord record;  // the classes and images of every run
  // form; settings and variants as results.json has them; classes, images_digest, threads; thresholds of the verdicts.
  nlohmann::ordered_json json;

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
