#include "lab/compare/merge.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <utility>

#include "lab/compare/gathered.h"
#include "lab/compare/one_run.h"
#include "lab/compare/plan_file.h"
#include "lab/results/file.h"
#include "lab/results/json.h"
#include "lab/run/folder_lock.h"
#include "program/pending_file.h"

namespace elu_lab {
namespace {

namespace fs = std::filesystem;

// A folder that is brought together with others.
struct Source {
  fs::path folder;
  WrittenPlan plan;
  std::vector<size_t> places;  // of its variants among those of all
};

Source ReadSource(const fs::path& folder) {
  auto plan = ReadPlan(folder);
  if (!plan) throw std::runtime_error(folder.string() + ": holds no comparison: there is no plan.json");
  return {folder, std::move(*plan), {}};
}

void RefuseUnlike(const Source& first, const Source& other) {
  std::string difference = Difference(first.plan, other.plan, " against ");
  const bool thresholds = ToJson(first.plan.thresholds) == ToJson(other.plan.thresholds);
  if (difference.empty() && !thresholds) difference = "other thresholds of the verdicts";
  if (difference.empty()) return;
  throw std::runtime_error(first.folder.string() + " and " + other.folder.string() +
                           " cannot be merged: " + difference);
}

// The plan of all: the first one's, with the variants of each that none before it has.
WrittenPlan PlanOfAll(std::vector<Source>& sources) {
  WrittenPlan all = sources.front().plan;
  for (Source& source : sources) {
    RefuseUnlike(sources.front(), source);
    for (const Variant& variant : source.plan.variants) {
      const auto known = std::ranges::find(all.variants, variant.name, &Variant::name);
      source.places.push_back(static_cast<size_t>(known - all.variants.begin()));
      if (known == all.variants.end()) all.variants.push_back(variant);
    }
  }
  return all;
}

// The output where an earlier call has been: its runs come first, so that they are left as they are.
std::optional<Source> Earlier(const WrittenPlan& all, const fs::path& output) {
  auto plan = ReadPlan(output);
  if (!plan) return {};
  std::string difference = Difference(*plan, all, ", not ");
  if (difference.empty()) difference = DifferenceOfVariants(*plan, all, ", not ");
  if (!difference.empty()) {
    throw std::runtime_error(output.string() + ": holds a comparison with " + difference + "; take another --output");
  }
  Source source = {output, std::move(*plan), {}};
  for (size_t i = 0; i < all.variants.size(); ++i) source.places.push_back(i);
  return source;
}

// What was found of a run.
struct Found {
  const Source* source = nullptr;  // null: nobody has begun it
  fs::path folder;
  std::optional<ComparedRun> result;  // nothing: it is to be gone on with
};

Json WithoutTimes(ComparedRun run) {
  run.machine.reset();
  for (EpochOfRun& epoch : run.epochs) epoch.seconds = 0;
  return ToJson(run);
}

void Consider(const Source& source, size_t run, const std::string& name, Found& found) {
  const fs::path folder = source.folder / source.plan.FolderOf(run);
  auto result = ReadResult(source.plan, run, source.folder);
  if (result) {
    result->variant = source.places[result->variant];
    if (found.result && WithoutTimes(*result) != WithoutTimes(*found.result)) {
      throw std::runtime_error(name + ": its results in " + found.source->folder.string() + " are not those in " +
                               source.folder.string());
    }
  }
  const bool better = result ? !found.result : found.source == nullptr && fs::exists(folder / "state.safetensors");
  if (better) found = {&source, folder, std::move(result)};
}

std::vector<Found> FindRuns(const std::vector<Source>& sources, const WrittenPlan& all) {
  std::vector<Found> runs(all.Runs());
  for (const Source& source : sources) {
    for (size_t run = 0; run < source.plan.Runs(); ++run) {
      const size_t seed = run / source.plan.variants.size(), variant = source.places[source.plan.VariantOf(run)];
      Consider(source, run, source.plan.NameOf(run), runs[seed * all.variants.size() + variant]);
    }
  }
  return runs;
}

std::string BytesOf(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(stream), {});
  if (!stream.is_open() || stream.bad()) throw std::runtime_error(file.string() + ": cannot be read");
  return bytes;
}

// The result last: with it, the run is complete.
void Copy(const Found& run, const fs::path& folder) {
  program::MakeOutputFolder(folder);
  const FolderLock lock(folder);
  for (const fs::directory_entry& entry : fs::directory_iterator(run.folder)) {
    const std::string name = entry.path().filename().string();
    const bool no_longer_needed = run.result && name == "state.safetensors";
    // What begins with a point is of a program at work, or killed.
    if (!entry.is_regular_file() || name.starts_with('.') || name == "result.json" || no_longer_needed) continue;
    program::WriteFile(folder / name, BytesOf(entry.path()));
  }
  if (run.result) KeepResult(*run.result, folder);
}

// Of the folders that have results already.
Measured MeasuredOf(const std::vector<Source>& sources, const WrittenPlan& all) {
  Measured measured;
  for (const Source& source : sources) {
    if (!fs::exists(source.folder / "results.json")) continue;
    const Comparison results = ReadComparison(source.folder);
    if (ToJson(results.variants) != ToJson(source.plan.variants)) {
      throw std::runtime_error((source.folder / "results.json").string() + ": is not of the plan.json beside it");
    }
    Measured its = MeasuredIn(results);
    for (Timing& timing : its.timings) {
      for (StepTimes& times : timing.step_times) times.variant = source.places.at(times.variant);
    }
    Add(its, all.variants, measured);
  }
  return measured;
}

}  // namespace

void Merge(const MergeSettings& settings, std::ostream& out) {
  std::vector<Source> sources;
  std::ranges::transform(settings.folders, std::back_inserter(sources), ReadSource);
  const WrittenPlan all = PlanOfAll(sources);
  auto earlier = Earlier(all, settings.output);
  const bool begun = earlier.has_value();
  if (begun) sources.insert(sources.begin(), std::move(*earlier));
  const std::vector<Found> runs = FindRuns(sources, all);
  const Measured measured = MeasuredOf(sources, all);

  program::MakeOutputFolder(settings.output);
  if (!begun) {
    const FolderLock files(settings.output, kSharedFiles, IfHeld::kWait);
    WritePlan(all, settings.output);
  }
  for (size_t run = 0; run < runs.size(); ++run) {
    const bool there = runs[run].source == nullptr || (begun && runs[run].source == &sources.front());
    if (!there) Copy(runs[run], settings.output / all.FolderOf(run));
  }
  Gathered gathered(all, settings.output, settings.command);
  out << gathered.Tell(gathered.Write(measured));
}

}  // namespace elu_lab
