#include "lab/verdicts/loss_difference.h"

#include <algorithm>

#include "lab/results/statistics.h"
#include "program/text.h"

namespace elu_lab {
namespace {

using program::Format;

// Pairs of the smoothed losses of both variants' runs of a seed.
std::vector<std::vector<double>> Differences(const Comparison& comparison, const Variant& subject,
                                             const Variant& baseline) {
  std::vector<std::vector<double>> differences;
  for (const ComparedRun& run : comparison.runs) {
    for (const ComparedRun& other : comparison.runs) {
      const bool pair = run.variant == comparison.IndexOf(subject) && other.variant == comparison.IndexOf(baseline) &&
                        run.seed == other.seed && !run.diverged && !other.diverged;
      if (!pair) continue;
      std::vector<double> difference = SmoothedLosses(run);
      const std::vector<double> theirs = SmoothedLosses(other);
      difference.resize(std::min(difference.size(), theirs.size()));
      for (size_t i = 0; i < difference.size(); ++i) difference[i] -= theirs[i];
      differences.push_back(difference);
    }
  }
  return differences;
}

}  // namespace

std::vector<double> SmoothedLosses(const ComparedRun& run) {
  std::vector<double> smoothed;
  double sum = 0;
  for (size_t i = 0; i < run.step_losses.size(); ++i) {
    sum += run.step_losses[i];
    if (i >= kLossWindow) sum -= run.step_losses[i - kLossWindow];
    if (i + 1 >= kLossWindow) smoothed.push_back(sum / static_cast<double>(kLossWindow));
  }
  return smoothed;
}

LossDifference PairedLossDifference(const Comparison& comparison, const Variant& subject, const Variant& baseline,
                                    double confidence) {
  const std::vector<std::vector<double>> differences = Differences(comparison, subject, baseline);
  LossDifference result;
  if (differences.size() < 2 || !(confidence > 0 && confidence < 1)) return result;
  const size_t steps = std::ranges::min(differences, {}, &std::vector<double>::size).size();
  for (size_t i = 0; i < steps; ++i) {
    std::vector<double> of_step;
    for (const std::vector<double>& difference : differences) of_step.push_back(difference[i]);
    const Interval interval = MeanInterval(of_step, confidence);
    result.step.push_back(static_cast<double>(i + kLossWindow));
    result.mean.push_back(interval.mean);
    result.low.push_back(interval.low);
    result.high.push_back(interval.high);
  }
  return result;
}

std::vector<Stretch> Stretches(const LossDifference& difference) {
  std::vector<Stretch> stretches;
  for (size_t i = 0; i < difference.step.size(); ++i) {
    const bool above = difference.low[i] > 0;
    if (!above && !(difference.high[i] < 0)) continue;
    if (stretches.empty() || stretches.back().above != above) {
      stretches.push_back({above, difference.step[i], difference.step[i]});
    }
    stretches.back().last = difference.step[i];
  }
  return stretches;
}

std::string StretchesText(const std::vector<Stretch>& stretches, const std::string& baseline) {
  if (stretches.empty()) return "not apart from " + baseline + "'s at any step";
  std::string text;
  for (const Stretch& stretch : stretches) {
    const std::string whose = text.empty() ? " " + baseline + "'s" : " it";
    text += (text.empty() ? "" : ", ") + std::string(stretch.above ? "above" : "below") + whose +
            Format(" in steps %.0f to %.0f", stretch.first, stretch.last);
  }
  return text;
}

}  // namespace elu_lab
