#include "lab/results/file.h"

#include <fstream>
#include <set>
#include <stdexcept>
#include <utility>

#include "lab/results/json.h"
#include "program/pending_file.h"

namespace elu_lab {
namespace {

constexpr double kMostEpochs = 1e6;

// What the fields do not say.
void Check(const Comparison& comparison) {
  const SharedSettings& settings = comparison.settings;
  const bool counts = settings.classes >= 1 && settings.epochs >= 1 && settings.epochs <= kMostEpochs;
  if (!counts) throw std::out_of_range("counts that none can be");
  std::set<std::pair<size_t, uint64_t>> there;
  for (const ComparedRun& run : comparison.runs) {
    if (!run.Complete()) throw std::out_of_range("a run that is not complete");
    comparison.variants.at(run.variant);
    if (!there.insert({run.variant, run.seed}).second) throw std::out_of_range("a run is there twice");
  }
  for (const Timing& timing : comparison.Timings()) {
    for (const StepTimes& times : timing.step_times) comparison.variants.at(times.variant);
  }
}

}  // namespace

std::string NameOf(const std::filesystem::path& results) {
  return std::filesystem::absolute(results).lexically_normal().parent_path().filename().string();
}

std::string AsText(const Comparison& comparison) {
  return ToJson(comparison).dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

void WriteComparison(const Comparison& comparison, const std::filesystem::path& folder) {
  program::WriteFile(folder / "results.json", AsText(comparison));
}

Comparison ReadComparison(const std::filesystem::path& folder_or_file) {
  std::error_code error;
  const bool folder = std::filesystem::is_directory(folder_or_file, error);
  const std::filesystem::path file = folder ? folder_or_file / "results.json" : folder_or_file;
  std::ifstream stream(file);
  if (!stream) throw std::runtime_error(file.string() + ": cannot be opened; elu-lab compare writes it");
  Json json;
  try {
    json = Json::parse(stream);
  } catch (const Json::exception&) {
    throw std::runtime_error(file.string() + ": is no JSON, or is cut short");
  }
  try {
    Comparison comparison;
    FromJson(json, comparison);
    Check(comparison);
    comparison.name = NameOf(file);
    return comparison;
  } catch (const std::exception&) {
    throw std::runtime_error(file.string() + ": is not what this version of elu-lab compare writes");
  }
}

}  // namespace elu_lab
