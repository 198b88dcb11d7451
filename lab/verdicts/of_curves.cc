// Verdicts on whole runs: their loss at every step, dead units after every epoch.
#include <algorithm>
#include <cmath>
#include <limits>

#include "lab/verdicts/judging.h"
#include "lab/verdicts/loss_difference.h"
#include "program/text.h"

namespace elu_lab {
namespace {

using program::Format;

constexpr double kUnmeasured = std::numeric_limits<double>::quiet_NaN();
// Of ln(classes), the loss of guessing: soon after the start, and up to where short runs end.
constexpr double kLevels[] = {0.9, 0.8, 0.65, 0.5};

double MeanLoss(const ComparedRun& run) {
  if (run.diverged || run.step_losses.empty()) return kUnmeasured;
  double sum = 0;
  for (const double loss : run.step_losses) sum += loss;
  return sum / static_cast<double>(run.step_losses.size());
}

double DeadIn(const LayerResult& layer) { return layer.dead / layer.units; }

// The layer and epoch with the most dead units of a run.
struct Worst {
  double share = kUnmeasured;
  std::string layer = {};
  double epoch = 0;
};

Worst WorstOf(const ComparedRun& run) {
  Worst worst;
  for (const EpochOfRun& epoch : run.epochs) {
    for (const LayerResult& layer : epoch.layers) {
      const double share = DeadIn(layer);
      if (std::isnan(worst.share) || share > worst.share) worst = {share, layer.name, epoch.epoch};
    }
  }
  return worst;
}

double DeadAtWorst(const ComparedRun& run) { return WorstOf(run).share; }

// "13.3 to 39.5 %", "0.0 %".
std::string RangeText(double low, double high) {
  const std::string least = Format("%.1f", 100 * low), most = Format("%.1f %%", 100 * high);
  return least + " %" == most ? most : least + " to " + most;
}

}  // namespace

// The steps to each level, their means over the runs of a variant; "-" where a run does not reach it.
std::string Judge::StepsToLevels(const Variant& variant) const {
  std::string text;
  for (const double level : kLevels) {
    double sum = 0, count = 0;
    for (const ComparedRun& run : comparison_.runs) {
      if (run.variant != comparison_.IndexOf(variant)) continue;
      const std::vector<double> losses = SmoothedLosses(run);
      const double loss = level * std::log(comparison_.settings.classes);
      const auto first = std::ranges::find_if(losses, [loss](double smoothed) { return smoothed <= loss; });
      sum += first == losses.end() ? kUnmeasured : static_cast<double>(first - losses.begin()) + kLossWindow;
      ++count;
    }
    text += (text.empty() ? "" : ", ") + (std::isfinite(sum) ? Format("%.0f", sum / count) : "-");
  }
  return text;
}

void Judge::OnLossOverRun(const Variant& subject, const Variant& baseline) {
  constexpr const char* kClaim = "loss_over_run";
  const size_t before = verdicts_.size();
  const Rule rule = {true, ThresholdOf(kClaim, "difference"), {1, 3, " lower", " higher"}};
  BySeeds({kClaim, ComparedText(subject, baseline), rule, kPlain}, subject, baseline, MeanLoss,
          [](const Pair& pair) { return pair.baseline - pair.subject; });
  if (verdicts_.size() == before) return;
  std::string& measured = verdicts_.back().measured;
  const double confidence = ThresholdOf("every_claim", "confidence");
  const LossDifference difference = PairedLossDifference(comparison_, subject, baseline, confidence);
  if (!difference.step.empty()) {
    measured += Format("; mean of %zu steps ", kLossWindow) + StretchesText(Stretches(difference), baseline.label);
  }
  measured += "; steps to a loss of ";
  for (const double level : kLevels) {
    measured += Format(level == kLevels[0] ? "%.2f" : ", %.2f", level * std::log(comparison_.settings.classes));
  }
  measured += ": " + StepsToLevels(subject) + " against " + StepsToLevels(baseline);
}

void Judge::OnDeadAtWorst(const Variant& elu, const Variant& relu) {
  constexpr const char* kClaim = "dead_at_worst";
  const size_t before = verdicts_.size();
  const Rule rule = {true, ThresholdOf(kClaim, "difference"), {100, 2, " points fewer", " points more"}};
  BySeeds({kClaim, ComparedText(elu, relu), rule, kPercent}, elu, relu, DeadAtWorst,
          [](const Pair& pair) { return pair.baseline - pair.subject; });
  if (verdicts_.size() != before) verdicts_.back().measured += "; " + DeadText(relu) + "; " + DeadText(elu);
}

// "ReLU: 13.3 to 39.5 % of linear 1 after epoch 1, 0.0 % of it after the last", by the layer and epoch of the worst
// run.
std::string Judge::DeadText(const Variant& variant) const {
  Worst worst;
  std::vector<const ComparedRun*> runs;
  for (const ComparedRun& run : comparison_.runs) {
    if (run.variant != comparison_.IndexOf(variant) || comparison_.LastEpoch(run) == nullptr) continue;
    runs.push_back(&run);
    const Worst of_run = WorstOf(run);
    if (std::isnan(worst.share) || of_run.share > worst.share) worst = of_run;
  }
  if (!(worst.share > 0)) return variant.label + ": none in any layer after any epoch";
  const auto range = [&](auto epoch_of) {
    double low = 1, high = 0;
    for (const ComparedRun* run : runs) {
      const std::vector<LayerResult>& layers = epoch_of(*run)->layers;
      const double share = DeadIn(*std::ranges::find(layers, worst.layer, &LayerResult::name));
      low = std::min(low, share), high = std::max(high, share);
    }
    return RangeText(low, high);
  };
  const auto at_worst = [&](const ComparedRun& run) {
    return std::ranges::find(run.epochs, worst.epoch, [](const EpochOfRun& epoch) { return double{epoch.epoch}; });
  };
  const auto at_last = [&](const ComparedRun& run) { return comparison_.LastEpoch(run); };
  return variant.label + ": " + range(at_worst) + " of " + worst.layer + Format(" after epoch %g, ", worst.epoch) +
         range(at_last) + " of it after the last";
}

// Noise where pre-activations are negative, as textbooks mean it, and everywhere.
void Judge::OnPreactivationNoise(const Variant& elu, const Variant& baseline) {
  const std::pair<const char*, double NoisePoint::*> places[] = {{"noise where z < 0", &NoisePoint::negative},
                                                                 {"noise at every z", &NoisePoint::everywhere}};
  for (const auto& [place, member] : places) {
    const auto passed = [member = member](const ComparedRun& run) {
      double sum = 0, count = 0;
      for (const LayerNoise& layer : run.preactivation_noise.layers) {
        for (const NoisePoint& point : layer.transmitted) sum += point.*member, ++count;
      }
      return count == 0 ? kUnmeasured : sum / count;
    };
    const auto lost = [this, member = member](const ComparedRun& run) {
      const std::vector<NoisePoint>& points = run.preactivation_noise.accuracy;
      return points.empty() || Failed(run) ? kUnmeasured : points.front().*member - points.back().*member;
    };
    const auto ask = [&](const char* claim, const Metric& metric, const Unit& means) {
      const Rule rule = {true, ThresholdOf(claim, "difference"), {100, 2, " points less", " points more"}};
      BySeeds({claim, ComparedText(elu, baseline) + ", " + place, rule, means}, elu, baseline, metric,
              [](const Pair& pair) { return pair.baseline - pair.subject; });
    };
    ask("preactivation_noise", passed, kPercent);
    ask("preactivation_noise_accuracy", lost, kPoints);
  }
}

}  // namespace elu_lab
