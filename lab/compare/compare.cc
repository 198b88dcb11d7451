#include "lab/compare/compare.h"

#include <algorithm>
#include <cstdio>
#include <ostream>

#include "lab/compare/one_run.h"
#include "lab/compare/plan.h"
#include "lab/compare/results.h"
#include "lab/measure/initialisation.h"
#include "lab/measure/step_times.h"
#include "lab/report/report.h"
#include "lab/results/table.h"
#include "lab/run/folder_lock.h"
#include "lab/run/run.h"
#include "program/pending_file.h"
#include "program/signals.h"

namespace elu_lab {
namespace {

using Json = nlohmann::ordered_json;

bool Stopped() { return program::Interrupted() != 0; }

class RunningComparison {
 public:
  RunningComparison(const Plan& plan, const Dataset& dataset, std::ostream& out)
      : plan_(plan), dataset_(dataset), out_(out), results_(EmptyResults(plan)) {}

  // False: a signal ended it early.
  bool Continue() {
    const Json step_times = EarlierResult(plan_, "step_times");
    const Json initialisation = EarlierResult(plan_, "initialisation");
    if (!TrainRuns()) return false;
    Measure("step_times", step_times, [this] { return TimeSteps(); });
    Measure("initialisation", initialisation, [this] {
      return StudyInitialisation(dataset_.train, static_cast<int64_t>(dataset_.classes.size()), {}, Stopped);
    });
    if (Stopped()) return false;
    const bool nothing_new = trained_ == 0 && !step_times.is_null() && !initialisation.is_null();
    nothing_new ? Report() : Write();
    if (trained_ > 0) out_ << "\n";
    out_ << ComparisonTable(results_) << "report: " << (plan_.settings.output / "report.html").string() << "\n";
    return true;
  }

  size_t RunsDone() const { return results_.at("runs").size(); }

 private:
  bool TrainRuns() {
    for (size_t run = 0; run < plan_.Runs(); ++run) {
      auto result = ReadResult(plan_, run);
      const bool complete = result.has_value();
      if (!complete && trained_ == 0 && RunsDone() > 0) {
        out_ << RunsDone() << " of " << plan_.Runs() << " runs were complete already\n" << std::flush;
      }
      if (!complete) result = TrainRun(plan_, run, dataset_, Count(run) + " " + TitleOf(run) + ": ");
      if (!result) return false;
      results_.at("runs").push_back(std::move(*result));
      if (!complete) Tell(run);
    }
    return true;
  }

  void Tell(size_t run) {
    ++trained_;
    Write();
    out_ << TitleOf(run) << ": " << SummaryOf(results_.at("runs").back()) << ", " << TimeLeft(run) << " left\n"
         << std::flush;
  }

  std::string TitleOf(size_t run) const {
    return elu_lab::TitleOf(plan_.json.at("variants").at(plan_.VariantOf(run))) + ", seed " +
           std::to_string(plan_.SeedOf(run));
  }

  std::string Count(size_t run) const { return std::to_string(run + 1) + "/" + std::to_string(plan_.Runs()); }

  // At the pace of this process so far, if none of the runs to come is complete.
  std::string TimeLeft(size_t run) const {
    const auto to_do = static_cast<double>(plan_.Runs() - run - 1);
    return program::FormatSeconds(program::SecondsSince(start_) / static_cast<double>(trained_) * to_do);
  }

  // What was measured before is not measured again.
  template <class Function>
  void Measure(const char* name, const Json& earlier, const Function& function) {
    if (Stopped()) return;
    program::ProgressLine line;
    line.Show(std::string("measuring: ") + name);
    Json measured = earlier.is_null() ? Json(function()) : earlier;
    if (!Stopped()) results_[name] = std::move(measured);
  }

  // Variants that differ in the learning rate alone are one network, which is timed for the first of them.
  Json TimeSteps() const {
    std::vector<NetworkSettings> networks;
    std::vector<size_t> variants;
    for (size_t i = 0; i < plan_.variants.size(); ++i) {
      const NetworkSettings& network = plan_.variants[i].network;
      if (std::ranges::find(networks, network) != networks.end()) continue;
      networks.push_back(network);
      variants.push_back(i);
    }
    Json times = ToJson(MeasureStepTimes(networks, plan_.settings.training, dataset_.train,
                                         static_cast<int64_t>(dataset_.classes.size()), kTimedRounds, Stopped));
    for (Json& one : times) one["variant"] = variants[one.at("variant").get<size_t>()];
    return times;
  }

  void Write() const {
    const std::filesystem::path file = plan_.settings.output / "results.json";
    program::WriteFile(file, results_.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
    Report();
  }

  void Report() const { WriteReport({plan_.settings.output}, plan_.settings.output / "report.html"); }

  const Plan& plan_;
  const Dataset& dataset_;
  std::ostream& out_;
  Json results_;
  size_t trained_ = 0;  // in this process
  const program::Clock::time_point start_ = program::Clock::now();
};

}  // namespace

int Compare(const CompareSettings& settings, std::ostream& out) {
  const Dataset dataset = FirstImages(ReadDataset(settings.data), settings.train_images, settings.test_images);
  program::MakeOutputFolder(settings.output);
  const FolderLock lock(settings.output);
  const Plan plan = MakePlan(settings, dataset);
  PrepareFor(plan.record.settings);
  RunningComparison comparison(plan, dataset, out);
  if (comparison.Continue()) return 0;
  std::fprintf(stderr, "elu-lab: stopped with %zu of %zu runs complete; the same command goes on\n",
               comparison.RunsDone(), plan.Runs());
  return 128 + program::Interrupted();
}

}  // namespace elu_lab
