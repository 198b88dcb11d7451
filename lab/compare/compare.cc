#include "lab/compare/compare.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>

#include "elu/elu.h"
#include "lab/compare/one_run.h"
#include "lab/compare/plan.h"
#include "lab/compare/shipped_answer.h"
#include "lab/measure/initialisation.h"
#include "lab/measure/step_times.h"
#include "lab/report/report.h"
#include "lab/results/file.h"
#include "lab/results/json.h"
#include "lab/results/table.h"
#include "lab/run/folder_lock.h"
#include "lab/run/run.h"
#include "lab/verdicts/answer.h"
#include "lab/verdicts/verdicts.h"
#include "program/processor.h"
#include "program/signals.h"

namespace elu_lab {
namespace {

bool Stopped() { return program::Interrupted() != 0; }

std::string TodayInUtc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d", gmtime_r(&now, &parts));
  return text;
}

// What a comparison by this program on this machine has come to before its first run.
Comparison WithoutRuns(const Plan& plan) {
  Comparison comparison;
  comparison.name = NameOf(plan.settings.output / "results.json");
  comparison.program = std::string("elu-lab ") + elu_version();
  comparison.date = TodayInUtc();
  comparison.command = plan.settings.command;
  comparison.machine = {program::ProcessorName().value_or("unknown"), plan.settings.threads, elu_target()};
  comparison.settings = plan.shared;
  comparison.thresholds = plan.thresholds;
  comparison.variants = plan.variants;
  // As its file has it: what is no UTF-8 is replaced.
  FromJson(Json::parse(AsText(comparison)), comparison);
  return comparison;
}

// The answer, and where there are too few seeds for one that of the comparison whose results are part of elu.
std::string AnswerText(const Comparison& comparison) {
  std::string text;
  const auto seeds = static_cast<double>(comparison.settings.seeds.size());
  for (const std::string& sentence : Answer(JudgeComparison(comparison))) text += sentence + "\n";
  if (seeds < comparison.ThresholdOf("every_claim", "seeds")) text += std::string("\n") + kShippedAnswer;
  return text + "\n";
}

class RunningComparison {
 public:
  RunningComparison(const Plan& plan, const Dataset& dataset, std::ostream& out)
      : plan_(plan), dataset_(dataset), out_(out), results_(WithoutRuns(plan)) {}

  // False: a signal ended it early.
  bool Continue() {
    const std::optional<Comparison> earlier = Earlier();
    if (!TrainRuns()) return false;
    Measure("step_times", earlier, &Comparison::step_times, [this] { return TimeSteps(); });
    Measure("initialisation", earlier, &Comparison::initialisation, [this] {
      return StudyInitialisation(dataset_.train, static_cast<int64_t>(dataset_.classes.size()), {}, Stopped);
    });
    if (Stopped()) return false;
    const bool nothing_new =
        trained_ == 0 && earlier && !earlier->step_times.empty() && !earlier->initialisation.empty();
    nothing_new ? Report(*earlier) : Write();
    if (trained_ > 0) out_ << "\n";
    out_ << ComparisonTable(results_) << "\n" << AnswerText(results_);
    out_ << "report: " << (plan_.settings.output / "report.html").string() << "\n";
    return true;
  }

  size_t RunsDone() const { return results_.runs.size(); }

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
      results_.runs.push_back(std::move(*result));
      if (!complete) Tell(run);
    }
    return true;
  }

  void Tell(size_t run) {
    ++trained_;
    Write();
    out_ << TitleOf(run) << ": " << SummaryOf(results_.runs.back()) << ", " << TimeLeft(run) << " left\n" << std::flush;
  }

  std::string TitleOf(size_t run) const {
    return elu_lab::TitleOf(plan_.variants[plan_.VariantOf(run)]) + ", seed " + std::to_string(plan_.SeedOf(run));
  }

  std::string Count(size_t run) const { return std::to_string(run + 1) + "/" + std::to_string(plan_.Runs()); }

  // At the pace of this process so far, if none of the runs to come is complete.
  std::string TimeLeft(size_t run) const {
    const auto to_do = static_cast<double>(plan_.Runs() - run - 1);
    return program::FormatSeconds(program::SecondsSince(start_) / static_cast<double>(trained_) * to_do);
  }

  // What results.json holds already. One that is damaged is written anew.
  std::optional<Comparison> Earlier() const try {
    return ReadComparison(plan_.settings.output);
  } catch (const std::runtime_error&) {
    return {};
  }

  // What was measured before is not measured again.
  template <class Part, class Function>
  void Measure(const char* name, const std::optional<Comparison>& earlier, Part Comparison::*part,
               const Function& function) {
    if (Stopped()) return;
    program::ProgressLine line;
    line.Show(std::string("measuring: ") + name);
    Part measured = earlier && !((*earlier).*part).empty() ? (*earlier).*part : function();
    if (!Stopped()) results_.*part = std::move(measured);
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

  void Write() const {
    WriteComparison(results_, plan_.settings.output);
    Report(results_);
  }

  void Report(const Comparison& comparison) const {
    WriteReport({JudgeComparison(comparison)}, plan_.settings.output / "report.html");
  }

  const Plan& plan_;
  const Dataset& dataset_;
  std::ostream& out_;
  Comparison results_;
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
