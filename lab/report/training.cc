// What was run, the table of results, the curves of training.
#include <algorithm>
#include <cmath>

#include "lab/report/parts.h"
#include "lab/verdicts/loss_difference.h"
#include "lab/verdicts/words.h"
#include "program/text.h"

namespace elu_lab {
namespace {

using program::Escaped;
using program::Format;

constexpr size_t kPointsOfCurve = 120;

std::string Or(double number, const Unit& unit, const char* otherwise = "not measured") {
  return std::isfinite(number) ? InUnit(number, unit) : otherwise;
}

std::string ThreadsText(double threads) {
  return std::isfinite(threads) ? CountText(static_cast<size_t>(threads), "threads") : "threads not known";
}

std::string Setting(double number) { return std::isfinite(number) ? Format("%g", number) : "not known"; }

// Means of the last kLossWindow losses, at some of the steps.
Points Smoothed(const ComparedRun& run) {
  Points points;
  const std::vector<double>& losses = run.step_losses;
  const size_t stride = std::max<size_t>(1, losses.size() / kPointsOfCurve);
  for (size_t end = std::min(kLossWindow, losses.size()); end > 0 && end <= losses.size(); end += stride) {
    const size_t begin = end > kLossWindow ? end - kLossWindow : 0;
    double sum = 0;
    for (size_t i = begin; i < end; ++i) sum += losses[i];
    points.x.push_back(static_cast<double>(end));
    points.y.push_back(sum / static_cast<double>(end - begin));
  }
  return points;
}

Points OfEpochs(const ComparedRun& run, double EpochOfRun::*member) {
  Points points;
  for (const EpochOfRun& epoch : run.epochs) {
    points.x.push_back(epoch.epoch);
    points.y.push_back(epoch.*member);
  }
  return points;
}

// Of the last epochs of a variant's runs.
std::vector<double> AtTheEnd(const Comparison& comparison, const Variant& variant, double EpochOfRun::*member) {
  std::vector<double> numbers;
  for (const ComparedRun& run : comparison.runs) {
    if (run.variant != comparison.IndexOf(variant)) continue;
    const EpochOfRun* last = comparison.LastEpoch(run);
    if (last != nullptr && std::isfinite(last->*member)) numbers.push_back(last->*member);
  }
  return numbers;
}

std::string MeanText(const std::vector<double>& numbers, const Unit& unit, double confidence) {
  if (numbers.empty()) return "none";
  if (numbers.size() < 2 || !(confidence > 0 && confidence < 1)) return InUnit(numbers.front(), unit);
  const Interval interval = MeanInterval(numbers, confidence);
  return InUnit(interval.mean, unit) +
         Format(" &#177; %.*f", unit.decimals, (interval.high - interval.mean) * unit.factor);
}

std::vector<std::string> ResultRow(const Comparison& comparison, const Variant& variant) {
  const double confidence = comparison.ThresholdOf("every_claim", "confidence");
  size_t runs = 0, diverged = 0;
  for (const ComparedRun& run : comparison.runs) {
    if (run.variant != comparison.IndexOf(variant)) continue;
    ++runs;
    diverged += run.diverged ? 1 : 0;
  }
  const bool one_machine = comparison.Machines().size() == 1;
  const auto cell = [&](double EpochOfRun::*member, const Unit& unit) {
    return MeanText(AtTheEnd(comparison, variant, member), unit, confidence);
  };
  return {Escaped(variant.label) + ", " + NormText(variant.norm) + Format(", lr x %g", variant.learning_rate_factor),
          Format("%zu of %zu", runs, comparison.settings.seeds.size()),
          Format("%zu", diverged),
          cell(&EpochOfRun::test_accuracy, {100, 2, " %"}),
          cell(&EpochOfRun::test_loss, {1, 4, ""}),
          cell(&EpochOfRun::train_loss, {1, 4, ""}),
          one_machine ? cell(&EpochOfRun::seconds, {1, 1, " s"}) : "several machines"};
}

size_t Diverged(const Comparison& comparison, const Variant& variant) {
  const auto diverged = [place = comparison.IndexOf(variant)](const ComparedRun& run) {
    return run.variant == place && run.diverged;
  };
  return static_cast<size_t>(std::ranges::count_if(comparison.runs, diverged));
}

// The mean accuracy after the last epoch at each learning-rate factor, for the networks of a group at factor 1.
Chart AccuracyByRate(const Comparison& comparison, const Group& group) {
  Chart chart = {"Final accuracy by learning rate, " + group.title,
                 {"learning-rate factor", true},
                 {"share of right answers"},
                 {}};
  std::vector<const Variant*> by_rate;
  for (const Variant& variant : comparison.variants) by_rate.push_back(&variant);
  std::ranges::stable_sort(by_rate, {}, &Variant::learning_rate_factor);
  for (const Variant* first : group.variants) {
    size_t diverged = 0;
    Series series = {.label = first->label, .style = StyleOf(comparison, first->label)};
    for (const Variant* variant : by_rate) {
      if (!SameNetwork(*variant, *first)) continue;
      diverged += Diverged(comparison, *variant);
      const std::vector<double> accuracies = AtTheEnd(comparison, *variant, &EpochOfRun::test_accuracy);
      if (accuracies.empty()) continue;
      double sum = 0;
      for (const double accuracy : accuracies) sum += accuracy;
      series.x.push_back(variant->learning_rate_factor);
      series.y.push_back(sum / static_cast<double>(accuracies.size()));
      series.low.push_back(std::ranges::min(accuracies));
      series.high.push_back(std::ranges::max(accuracies));
    }
    if (diverged > 0) series.label += Format(" (%zu diverged, not drawn)", diverged);
    if (!series.x.empty() || diverged > 0) chart.series.push_back(series);
  }
  return chart;
}

}  // namespace

std::string MachineText(const Machine& machine) {
  const std::string name = machine.name.empty() ? "" : Escaped(machine.name) + ": ";
  return name + Escaped(machine.processor) + ", " + ThreadsText(machine.threads) + ", " + Escaped(machine.target);
}

std::string SettingsSection(const Comparison& comparison) {
  std::string machines;
  for (const Machine& machine : comparison.Machines()) {
    machines += (machines.empty() ? "" : "; ") + MachineText(machine);
  }
  const SharedSettings& settings = comparison.settings;
  std::string seeds;
  for (const uint64_t seed : settings.seeds) seeds += (seeds.empty() ? "" : ", ") + std::to_string(seed);
  const Unit whole = {1, 0, ""};
  const std::vector<std::vector<std::string>> rows = {
      {"Command", "<code>" + Escaped(comparison.command) + "</code>"},
      {"Program, date", Escaped(comparison.program + ", " + comparison.date)},
      {"Machine", machines},
      {"Data", Escaped(settings.data) + ": " + Or(settings.classes, whole) + " classes, " +
                   Or(settings.train_images, whole) + " training images, " + Or(settings.test_images, whole) +
                   " test images" + (settings.augment ? ", flipped and shifted at random" : "")},
      {"Training", CountText(static_cast<size_t>(settings.epochs), "epochs") + ", batches of " +
                       Or(settings.batch, whole) + ", highest learning rate " + Setting(settings.learning_rate) +
                       ", momentum " + Setting(settings.momentum) + ", weight decay " + Setting(settings.weight_decay)},
      {"Kernel of ELU", Escaped(settings.kernel)},
      {"Seeds", seeds},
      {"Runs", Format("%zu of %zu", comparison.runs.size(), comparison.variants.size() * settings.seeds.size())}};
  return Section("What was run", Table("Settings", {"Setting", "Value"}, rows), "");
}

std::string ResultsSection(const Comparison& comparison) {
  std::vector<std::vector<std::string>> rows;
  for (const Variant& variant : comparison.variants) rows.push_back(ResultRow(comparison, variant));
  const std::string body =
      comparison.runs.empty()
          ? ""
          : Table("After the last epoch: means over the runs that did not diverge, with half of their intervals",
                  {"Variant", "Runs", "Diverged", "Test accuracy", "Test loss", "Training loss", "Time an epoch"},
                  rows);
  return Section("Results", body, "No run is at its end yet.");
}

Chart TrainingLossChart(const Comparison& comparison, const Group& group) {
  return MakeGroupChart(comparison, group, "Training loss", {"step", false, true}, {"cross-entropy, nats"}, Smoothed);
}

std::string CurveSection(const Comparison& comparison) {
  std::string body;
  for (const Group& group : GroupsOf(comparison, true)) {
    std::string charts = ChartAsHtml(TrainingLossChart(comparison, group));
    charts += GroupChart(comparison, group, "Test loss", {"epoch", false, true}, {"cross-entropy, nats"},
                         [](const ComparedRun& run) { return OfEpochs(run, &EpochOfRun::test_loss); });
    charts += GroupChart(comparison, group, "Test accuracy", {"epoch", false, true}, {"share of right answers"},
                         [](const ComparedRun& run) { return OfEpochs(run, &EpochOfRun::test_accuracy); });
    body += Figures(charts);
  }
  return Section("Loss and accuracy", body, "No run is at its end yet.");
}

std::string LearningRateSection(const Comparison& comparison) {
  const std::vector<Group> higher = GroupsOf(comparison, false);
  if (higher.empty()) {
    return Section("Higher learning rates", "", "This comparison has no learning-rate factor but 1.");
  }
  std::string accuracies, losses;
  for (const Group& group : GroupsOf(comparison, true)) accuracies += ChartAsHtml(AccuracyByRate(comparison, group));
  for (const Group& group : higher) losses += ChartAsHtml(TrainingLossChart(comparison, group));
  return Section("Higher learning rates", Figures(accuracies) + Figures(losses),
                 "No run at a higher rate is at its end.");
}

}  // namespace elu_lab
