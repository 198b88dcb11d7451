// plan.json: what a comparison is, written down before its first run.
#ifndef ELU_LAB_COMPARE_PLAN_FILE_H_
#define ELU_LAB_COMPARE_PLAN_FILE_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "lab/results/comparison.h"

namespace elu_lab {

struct WrittenPlan {
  SharedSettings shared;
  std::vector<Variant> variants;
  std::vector<std::string> classes;
  uint64_t images_digest = 0;
  int threads = 0;
  std::vector<ClaimThresholds> thresholds;

  size_t Runs() const { return variants.size() * shared.seeds.size(); }
  // Of the run of a number, which go seed by seed.
  size_t VariantOf(size_t run) const { return run % variants.size(); }
  uint64_t SeedOf(size_t run) const { return shared.seeds[run / variants.size()]; }
  std::string NameOf(size_t run) const;              // "elu-0.5-batch-lr4-seed8"
  std::filesystem::path FolderOf(size_t run) const;  // in that of the comparison
};

// What FolderLock knows plan.json, results.json and report.html by, which many processes write in turn.
inline constexpr const char* kSharedFiles = "plan and results";

// Of a comparison's folder; nothing where it holds no plan. Throws std::runtime_error where it is none, or of another
// version.
std::optional<WrittenPlan> ReadPlan(const std::filesystem::path& folder);

// Throws std::runtime_error, also where the folder holds runs, which are then of no known plan, and
// nlohmann::json::type_error where a name is no UTF-8.
void WritePlan(const WrittenPlan& plan, const std::filesystem::path& folder);

// "epochs 3, now 4" if ", now " is between, or "" where runs of both may be compared: the variants, the thresholds and
// the name of the folder of images may differ.
std::string Difference(const WrittenPlan& before, const WrittenPlan& now, const std::string& between);

// The same of the variants.
std::string DifferenceOfVariants(const WrittenPlan& before, const WrittenPlan& now, const std::string& between);

}  // namespace elu_lab

#endif  // ELU_LAB_COMPARE_PLAN_FILE_H_
