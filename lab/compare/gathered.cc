#include "lab/compare/gathered.h"

#include <algorithm>
#include <ctime>
#include <stdexcept>
#include <utility>

#include "elu/elu.h"
#include "lab/compare/one_run.h"
#include "lab/compare/shipped_answer.h"
#include "lab/report/report.h"
#include "lab/results/file.h"
#include "lab/results/json.h"
#include "lab/results/table.h"
#include "lab/run/folder_lock.h"
#include "lab/verdicts/answer.h"
#include "lab/verdicts/verdicts.h"

namespace elu_lab {
namespace {

std::string TodayInUtc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d", gmtime_r(&now, &parts));
  return text;
}

// But for when and by which command it was written.
bool HoldsTheSame(const Comparison& earlier, Comparison now) {
  now.program = earlier.program;
  now.date = earlier.date;
  now.command = earlier.command;
  return AsText(earlier) == AsText(now);
}

// The answer, and where there are too few seeds for one that of the comparison whose results are part of elu.
std::string AnswerText(const Comparison& comparison) {
  std::string text;
  const auto seeds = static_cast<double>(comparison.settings.seeds.size());
  for (const std::string& sentence : Answer(JudgeComparison(comparison))) text += sentence + "\n";
  if (seeds < comparison.ThresholdOf("every_claim", "seeds")) text += std::string("\n") + kShippedAnswer;
  return text + "\n";
}

}  // namespace

Measured MeasuredIn(const Comparison& comparison) { return {comparison.Timings(), comparison.initialisation}; }

void Add(const Measured& more, const std::vector<Variant>& variants, Measured& measured) {
  const auto timed = [&](const StepTimes& times) {
    return std::ranges::any_of(measured.timings, [&](const Timing& timing) {
      return std::ranges::any_of(timing.step_times, [&](const StepTimes& one) {
        return SameNetwork(variants.at(one.variant), variants.at(times.variant));
      });
    });
  };
  for (const Timing& timing : more.timings) {
    if (!std::ranges::all_of(timing.step_times, timed)) measured.timings.push_back(timing);
  }
  if (measured.initialisation.empty()) measured.initialisation = more.initialisation;
}

Gathered::Gathered(WrittenPlan plan, std::filesystem::path folder, std::string command)
    : plan_(std::move(plan)), folder_(std::move(folder)), command_(std::move(command)), runs_(plan_.Runs()) {}

const ComparedRun* Gathered::Find(size_t run) {
  std::optional<ComparedRun>& result = runs_[run];
  if (!result) result = ReadResult(plan_, run, folder_);
  return result ? &*result : nullptr;
}

// One that is damaged, or of another plan, is written anew.
std::optional<Comparison> Gathered::Earlier() const try {
  Comparison earlier = ReadComparison(folder_);
  return ToJson(earlier.variants) == ToJson(plan_.variants) ? std::optional(std::move(earlier)) : std::nullopt;
} catch (const std::runtime_error&) {
  return {};
}

Measured Gathered::MeasuredBefore() const {
  const auto earlier = Earlier();
  return earlier ? MeasuredIn(*earlier) : Measured{};
}

Comparison Gathered::Whole(const Measured& measured) {
  Comparison comparison;
  comparison.program = std::string("elu-lab ") + elu_version();
  comparison.date = TodayInUtc();
  comparison.command = command_;
  comparison.settings = plan_.shared;
  comparison.thresholds = plan_.thresholds;
  comparison.variants = plan_.variants;
  for (size_t run = 0; run < plan_.Runs(); ++run) {
    if (const ComparedRun* result = Find(run)) comparison.runs.push_back(*result);
  }
  comparison.machine = comparison.Machines().front();
  if (comparison.machine.processor.empty()) comparison.machine = ThisMachine(plan_.threads);
  if (!measured.timings.empty()) {
    comparison.machine = measured.timings.front().machine;
    comparison.step_times = measured.timings.front().step_times;
    comparison.timed_apart.assign(measured.timings.begin() + 1, measured.timings.end());
  }
  comparison.initialisation = measured.initialisation;
  // As its file has it: what is no UTF-8 is replaced.
  FromJson(Json::parse(AsText(comparison)), comparison);
  comparison.name = NameOf(folder_ / "results.json");
  return comparison;
}

std::string Gathered::Tell(const Comparison& comparison) const {
  std::string text = ComparisonTable(comparison) + "\n" + AnswerText(comparison) +
                     "report: " + (folder_ / "report.html").string() + "\n";
  const size_t complete = comparison.runs.size(), planned = plan_.Runs();
  if (complete < planned) {
    text += std::to_string(complete) + " of " + std::to_string(planned) + " runs are complete there\n";
  }
  return text;
}

Comparison Gathered::Write(const Measured& measured) {
  const FolderLock lock(folder_, kSharedFiles, IfHeld::kWait);
  const std::optional<Comparison> earlier = Earlier();
  Measured all = earlier ? MeasuredIn(*earlier) : Measured{};
  Add(measured, plan_.variants, all);
  Comparison comparison = Whole(all);
  if (earlier && HoldsTheSame(*earlier, comparison)) {
    comparison = *earlier;
  } else {
    WriteComparison(comparison, folder_);
  }
  WriteReport({JudgeComparison(comparison)}, folder_ / "report.html");
  return comparison;
}

}  // namespace elu_lab
