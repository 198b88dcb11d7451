// Verdicts on what training measured, by pairs of runs with the same seed.
#include <algorithm>
#include <cmath>
#include <limits>

#include "lab/verdicts/judging.h"
#include "program/text.h"

namespace elu_lab {
namespace {

using program::Format;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr const char *kNorms[] = {"batch", "none"}, *kBaselines[] = {"relu", "leaky_relu"};

double Gain(const Pair& pair) { return pair.subject - pair.baseline; }
double Saving(const Pair& pair) { return pair.baseline - pair.subject; }
double RelativeSaving(const Pair& pair) { return 1.0 - pair.subject / pair.baseline; }

double MeanDistance(const std::vector<LayerResult>& layers) {
  double sum = 0;
  for (const LayerResult& layer : layers) sum += std::fabs(layer.mean);
  return sum / static_cast<double>(layers.size());
}

double DeadShare(const std::vector<LayerResult>& layers) {
  double dead = 0, units = 0;
  for (const LayerResult& layer : layers) {
    dead += layer.dead;
    units += layer.units;
  }
  return dead / units;
}

// The first step at which the mean loss of the last `window` steps is at most `level`; infinite where none is.
double StepsTo(const ComparedRun& run, double level, size_t window) {
  for (size_t end = window; end <= run.step_losses.size(); ++end) {
    double sum = 0;
    for (size_t i = end - window; i < end; ++i) sum += run.step_losses[i];
    if (sum <= level * static_cast<double>(window)) return static_cast<double>(end);
  }
  return std::numeric_limits<double>::infinity();
}

double MostSteps(const std::vector<ComparedRun>& runs) {
  size_t most = 0;
  for (const ComparedRun& run : runs) most = std::max(most, run.step_losses.size());
  return static_cast<double>(most);
}

}  // namespace

Metric Judge::OfLayers(double (*figure)(const std::vector<LayerResult>&)) const {
  return [this, figure](const ComparedRun& run) {
    const EpochOfRun* last = comparison_.LastEpoch(run);
    return last == nullptr || last->layers.empty() ? kNaN : figure(last->layers);
  };
}

// A run that failed has none to lose.
Metric Judge::Lost(std::vector<RobustnessPoint> Robustness::*points) const {
  return [this, points](const ComparedRun& run) {
    double clean = kNaN, sum = 0, count = 0;
    for (const auto* list : {&run.robustness.outliers, &run.robustness.noise}) {
      for (const RobustnessPoint& point : *list) {
        if (point.strength == 0) clean = point.accuracy;
      }
    }
    for (const RobustnessPoint& point : run.robustness.*points) {
      if (point.strength == 0) continue;
      sum += point.accuracy;
      ++count;
    }
    return Failed(run) || count == 0 ? kNaN : clean - sum / count;
  };
}

// A run that does not reach the level counts with all steps, which is too few: it can only weaken what is said in
// favour of the other, and where it might strengthen a verdict there is none.
void Judge::OnConvergence(const Variant& subject, const Variant& baseline) {
  constexpr const char* kClaim = "converges_faster";
  const double window = ThresholdOf(kClaim, "window"), level = ThresholdOf(kClaim, "level");
  if (!(window >= 1 && window <= 1e9) || !std::isfinite(level)) return;
  const double loss = level * std::log(comparison_.settings.classes), most = MostSteps(comparison_.runs);
  const std::vector<Pair> pairs = Paired(subject, baseline, [&](const ComparedRun& run) {
    return std::min(most, StepsTo(run, loss, static_cast<size_t>(window)));
  });
  const std::vector<Pair> late = Paired(subject, baseline, [&](const ComparedRun& run) {
    return std::isinf(StepsTo(run, loss, static_cast<size_t>(window))) ? 1.0 : 0.0;
  });
  const auto both = std::ranges::count_if(late, [](const Pair& pair) { return pair.subject + pair.baseline == 2; });
  const auto subject_late = std::ranges::count(late, 1.0, &Pair::subject);
  const auto baseline_late = std::ranges::count(late, 1.0, &Pair::baseline);
  const size_t before = verdicts_.size();
  const Rule rule = {true, ThresholdOf(kClaim, "fewer"), {100, 1, " % fewer", " % more"}};
  ByPairs({kClaim, ComparedText(subject, baseline), rule, {1, 0, " steps"}}, pairs, RelativeSaving);
  if (verdicts_.size() == before) return;
  Verdict& verdict = verdicts_.back();
  verdict.measured += Format("; to a loss of %.3f, mean of %g steps", loss, window);
  if (subject_late + baseline_late == 0) return;
  const auto of = [&](std::ptrdiff_t runs, const Variant& variant) {
    return Format("%td of %zu ", runs, late.size()) + variant.label + " runs";
  };
  verdict.measured += "; " + of(subject_late, subject) + ", " + of(baseline_late, baseline) +
                      " do not reach it and count with all steps";
  const bool unsound = both > 0 || (verdict.outcome == Outcome::kHolds && subject_late > 0) ||
                       (verdict.outcome == Outcome::kDoesNotHold && baseline_late > 0);
  if (unsound) verdict.outcome = Outcome::kNotDecided;
}

// ELU against one baseline.
void Judge::OnTrainingAgainst(const Variant& elu, const Variant& baseline) {
  const auto ask = [&](const char* claim, const Metric& metric, double (*difference)(const Pair&), const Unit& unit,
                       const Unit& means) {
    const Rule rule = {true, ThresholdOf(claim, "difference"), unit};
    BySeeds({claim, ComparedText(elu, baseline), rule, means}, elu, baseline, metric, difference);
  };
  const Unit nearer = {1, 3, " nearer to 0", " further from 0"}, fewer = {100, 2, " points fewer", " points more"},
             less = {100, 2, " points less", " points more"};
  ask("zero_centred", OfLayers(MeanDistance), Saving, nearer, kPlain);
  if (baseline.activation == "relu") {
    ask("dead_neurons", OfLayers(DeadShare), Saving, fewer, kPercent);
    OnDeadAtWorst(elu, baseline);
  }
  ask("noise_robustness", Lost(&Robustness::noise), Saving, less, kPoints);
  ask("outlier_robustness", Lost(&Robustness::outliers), Saving, less, kPoints);
  OnPreactivationNoise(elu, baseline);
  OnConvergence(elu, baseline);
  OnLossOverRun(elu, baseline);
  ask("higher_accuracy", FinalAccuracy(), Gain, kPoints, kPercent);
}

// In every run, so that one interval is not asked for.
void Judge::OnDeadUnits(const Variant& elu) {
  const Metric metric = OfLayers(DeadShare);
  const std::vector<Pair> pairs = Paired(elu, elu, metric);
  const LeftOut left_out = CountLeftOut(elu, elu, metric);
  if (pairs.empty()) return;
  const double share = ThresholdOf("no_dead_neurons", "share");
  const double most = std::ranges::max(pairs, {}, &Pair::subject).subject;
  const std::string lacking = Lacking(pairs.size(), "seeds");
  const Outcome survivors = most <= share ? Outcome::kHolds : Outcome::kDoesNotHold;
  const Outcome outcome = survivors == Outcome::kHolds && left_out.subject ? Outcome::kNotDecided : survivors;
  verdicts_.push_back({"no_dead_neurons", elu.label + ", " + NormText(elu.norm),
                       Format("at most %.2f %% of units in a run, ", 100 * most) + CountText(pairs.size(), "seeds") +
                           LeftOutText(left_out) + lacking,
                       ThresholdText("at most %g %% in every run", 100 * share),
                       lacking.empty() && !std::isnan(share) ? outcome : Outcome::kNotDecided});
}

// Two variants by their final accuracies.
void Judge::OnAccuracies(const char* claim, const Variant* subject, const Variant* baseline) {
  if (subject == nullptr || baseline == nullptr) return;
  const Rule rule = {true, ThresholdOf(claim, "difference"), kPoints};
  BySeeds({claim, ComparedText(*subject, *baseline), rule, kPercent}, *subject, *baseline, FinalAccuracy(), Gain);
}

void Judge::OnSelu() {
  const Variant* selu = FindVariant("selu", "none");
  for (const char* other : {"elu", "relu"}) {
    OnAccuracies("selu_without_norm", selu, FindVariant(other, "none"));
  }
  OnAccuracies("selu_replaces_norm", selu, FindVariant("elu", "batch"));
}

void Judge::OnTraining() {
  for (const char* norm : kNorms) {
    const Variant* elu = FindVariant("elu", norm);
    if (elu == nullptr) continue;
    OnDeadUnits(*elu);
    for (const char* name : kBaselines) {
      const Variant* baseline = FindVariant(name, norm);
      if (baseline != nullptr) OnTrainingAgainst(*elu, *baseline);
    }
    if (elu->alpha != 1.0) continue;
    for (const Variant& other : comparison_.variants) {
      const bool same = other.activation == "elu" && other.norm == norm && other.learning_rate_factor == 1;
      if (same && other.alpha != 1.0) OnAccuracies("alpha_default", elu, &other);
    }
  }
  OnSelu();
}

}  // namespace elu_lab
