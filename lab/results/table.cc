#include "lab/results/table.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "lab/results/statistics.h"
#include "program/text.h"

namespace elu_lab {
namespace {

using program::Format;

double Mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

struct Runs {
  std::vector<double> accuracies, losses;  // of those that did not diverge
  size_t diverged = 0;
};

Runs RunsOf(const Comparison& comparison, const Variant& variant) {
  Runs runs;
  for (const ComparedRun& run : comparison.runs) {
    if (run.variant != comparison.IndexOf(variant)) continue;
    if (run.diverged) {
      ++runs.diverged;
      continue;
    }
    runs.accuracies.push_back(100.0 * run.epochs.back().test_accuracy);
    runs.losses.push_back(run.epochs.back().train_loss);
  }
  return runs;
}

std::string Accuracy(const Runs& runs) {
  if (runs.accuracies.empty()) return Format("%8s %15s %13s", "-", "", "-");
  const auto [least, greatest] = std::ranges::minmax(runs.accuracies);
  const std::string spread = runs.accuracies.size() > 1 ? Format("(%.1f-%.1f)", least, greatest) : "";
  return Format("%6.1f %% %15s %13.4f", Mean(runs.accuracies), spread.c_str(), Mean(runs.losses));
}

// Of a network: the times are filed under the first of the variants that differ in the learning rate alone.
std::string Times(const Comparison& comparison, const Variant& variant) {
  for (const StepTimes& times : comparison.step_times) {
    if (!SameNetwork(comparison.variants[times.variant], variant) || times.step.empty()) continue;
    std::vector<double> share = times.activation;
    for (size_t i = 0; i < share.size(); ++i) share[i] *= 100.0 / times.step[i];
    const std::string quartiles = Format("(%.1f-%.1f)", Quantile(times.step, 0.25), Quantile(times.step, 0.75));
    return Format("%8.1f ms %15s %8.1f %%", Quantile(times.step, 0.5), quartiles.c_str(), Quantile(share, 0.5));
  }
  return Format("%8s    %15s %8s", "-", "", "-");
}

}  // namespace

std::string TitleOf(const Variant& variant) {
  std::string title = variant.label;
  if (variant.norm == "none") title += ", without BatchNorm";
  const double factor = variant.learning_rate_factor;
  return factor == 1 ? title : title + ", lr x " + program::ShortestDecimal(factor);
}

std::string SummaryOf(const ComparedRun& run) {
  if (run.diverged) {
    const size_t steps = run.step_losses.size();
    return Format("diverged after %zu step%s", steps, steps == 1 ? "" : "s");
  }
  const EpochOfRun& last = run.epochs.back();
  return Format("test accuracy %.1f %%, training loss %.4f", 100.0 * last.test_accuracy, last.train_loss);
}

std::string ComparisonTable(const Comparison& comparison) {
  size_t width = 10;
  for (const Variant& variant : comparison.variants) width = std::max(width, TitleOf(variant).size());
  const auto padded = [width](std::string title) { return title.append(width - title.size(), ' '); };
  std::string table = padded("network") + Format(" %24s %13s %11s %15s %10s\n", "test accuracy (seeds)",
                                                 "training loss", "a step", "(quartiles)", "activation");
  for (const Variant& variant : comparison.variants) {
    const Runs runs = RunsOf(comparison, variant);
    table += padded(TitleOf(variant)) + " " + Accuracy(runs) + " " + Times(comparison, variant);
    if (runs.diverged > 0) table += Format("   %zu of %zu diverged", runs.diverged, runs.diverged + runs.losses.size());
    table += "\n";
  }
  if (comparison.settings.seeds.size() == 1) table += "one seed: not a ranking\n";
  return table;
}

}  // namespace elu_lab
