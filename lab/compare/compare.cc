#include "lab/compare/compare.h"

#include <algorithm>
#include <cstdio>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "lab/compare/gathered.h"
#include "lab/compare/one_run.h"
#include "lab/compare/plan.h"
#include "lab/measure/initialisation.h"
#include "lab/measure/step_times.h"
#include "lab/results/table.h"
#include "lab/run/folder_lock.h"
#include "lab/run/run.h"
#include "program/pending_file.h"
#include "program/signals.h"

namespace elu_lab {
namespace {

bool Stopped() { return program::Interrupted() != 0; }

class RunningComparison {
 public:
  RunningComparison(const Plan& plan, const Dataset& dataset, std::ostream& out)
      : plan_(plan),
        dataset_(dataset),
        out_(out),
        gathered_(plan, plan.settings.output, plan.settings.command),
        runs_(plan.RunsOfShard()) {}

  // False: a signal ended it early.
  bool Continue() {
    if (!TrainRuns()) return false;
    if (plan_.settings.shard.number == plan_.settings.shard.count) Measure();
    if (Stopped()) return false;
    const Comparison comparison = gathered_.Write(measured_);
    if (trained_ > 0) out_ << "\n";
    out_ << gathered_.Tell(comparison);
    return true;
  }

  size_t RunsDone() const { return done_; }
  size_t RunsToDo() const { return runs_.size(); }
  size_t RunsElsewhere() const { return elsewhere_; }

 private:
  bool TrainRuns() {
    for (size_t place = 0; place < runs_.size(); ++place) {
      const std::filesystem::path folder = plan_.settings.output / plan_.FolderOf(runs_[place]);
      if (gathered_.Find(runs_[place]) != nullptr) {
        RemoveState(folder);
        ++done_;
      } else if (!TrainOne(place, folder)) {
        return false;
      }
    }
    return true;
  }

  // Nobody else trains it meanwhile.
  bool TrainOne(size_t place, const std::filesystem::path& folder) try {
    const size_t run = runs_[place];
    program::MakeOutputFolder(folder);
    const FolderLock lock(folder);
    if (gathered_.Find(run) == nullptr) {  // nor has since
      if (trained_ == 0 && done_ > 0) {
        out_ << done_ << " of " << runs_.size() << " runs were complete already\n" << std::flush;
      }
      if (!TrainRun(plan_, run, dataset_, Count(place) + " " + TitleOf(run) + ": ")) return false;
      ++trained_;
      gathered_.Write(measured_);
      out_ << TitleOf(run) << ": " << SummaryOf(*gathered_.Find(run)) << ", " << TimeLeft(place) << " left\n"
           << std::flush;
    }
    ++done_;
    return true;
  } catch (const HeldElsewhere&) {
    ++elsewhere_;
    return true;
  }

  std::string TitleOf(size_t run) const {
    return elu_lab::TitleOf(plan_.variants[plan_.VariantOf(run)]) + ", seed " + std::to_string(plan_.SeedOf(run));
  }

  std::string Count(size_t place) const { return std::to_string(place + 1) + "/" + std::to_string(runs_.size()); }

  // At the pace of this process so far, if none of the runs to come is complete.
  std::string TimeLeft(size_t place) const {
    const auto to_do = static_cast<double>(runs_.size() - place - 1);
    return program::FormatSeconds(program::SecondsSince(start_) / static_cast<double>(trained_) * to_do);
  }

  // What was measured before is not measured again. All networks are timed here, in turns.
  void Measure() {
    const Measured before = gathered_.MeasuredBefore();
    program::ProgressLine line;
    line.Show("measuring: step_times");
    if (before.timings.empty()) {
      std::vector<StepTimes> times = TimeSteps();
      if (!Stopped()) measured_.timings = {{ThisMachine(plan_.threads), std::move(times)}};
    }
    if (Stopped()) return;
    line.Show("measuring: initialisation");
    if (before.initialisation.empty()) {
      Initialisation study =
          StudyInitialisation(dataset_.train, static_cast<int64_t>(dataset_.classes.size()), {}, Stopped);
      if (!Stopped()) measured_.initialisation = std::move(study);
    }
  }

  // Variants that differ in the learning rate alone are one network, which is timed for the first of them.
  std::vector<StepTimes> TimeSteps() const {
    std::vector<NetworkSettings> networks;
    std::vector<size_t> variants;
    for (size_t i = 0; i < plan_.variants.size(); ++i) {
      const NetworkSettings network = NetworkOf(plan_.variants[i]);
      if (std::ranges::find(networks, network) != networks.end()) continue;
      networks.push_back(network);
      variants.push_back(i);
    }
    std::vector<StepTimes> times =
        MeasureStepTimes(networks, plan_.settings.training, dataset_.train,
                         static_cast<int64_t>(dataset_.classes.size()), kTimedRounds, Stopped);
    for (StepTimes& one : times) one.variant = variants[one.variant];
    return times;
  }

  const Plan& plan_;
  const Dataset& dataset_;
  std::ostream& out_;
  Gathered gathered_;
  const std::vector<size_t> runs_;  // of this shard
  Measured measured_;               // in this process
  size_t trained_ = 0;              // the same
  size_t done_ = 0, elsewhere_ = 0;
  const program::Clock::time_point start_ = program::Clock::now();
};

std::string NameOf(const Shard& shard) {
  return shard.count == 1 ? "" : "shard " + std::to_string(shard.number) + "/" + std::to_string(shard.count);
}

}  // namespace

// A process holds its shard for as long as it lives, a run while it trains it, the shared files while it writes them.
int Compare(const CompareSettings& settings, std::ostream& out) {
  const Dataset dataset = FirstImages(ReadDataset(settings.data), settings.train_images, settings.test_images);
  program::MakeOutputFolder(settings.output);
  const FolderLock lock(settings.output, NameOf(settings.shard));
  const Plan plan = [&] {
    const FolderLock files(settings.output, kSharedFiles, IfHeld::kWait);
    return MakePlan(settings, dataset);
  }();
  PrepareFor(plan.record.settings);
  RunningComparison comparison(plan, dataset, out);
  if (!comparison.Continue()) {
    std::fprintf(stderr, "elu-lab: stopped with %zu of %zu runs complete; the same command goes on\n",
                 comparison.RunsDone(), comparison.RunsToDo());
    return 128 + program::Interrupted();
  }
  if (comparison.RunsElsewhere() == 0) return 0;
  std::fprintf(stderr, "elu-lab: %s: another elu-lab is at work on %zu of these runs; then the same command goes on\n",
               settings.output.c_str(), comparison.RunsElsewhere());
  return 1;
}

}  // namespace elu_lab
