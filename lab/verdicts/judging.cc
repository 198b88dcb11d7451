#include "lab/verdicts/judging.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "program/text.h"

namespace elu_lab {
namespace {

using program::Format;

constexpr double kNoAccuracy = std::numeric_limits<double>::quiet_NaN();

// "more than 5.0 %", "less than 1.00 points"; "less than 0.50 points worse" for more than -0.50 points.
std::string RuleText(const Rule& rule) {
  const auto& [above, threshold, unit] = rule;
  if (std::isnan(threshold)) return ThresholdText("", threshold);
  if (above && threshold < 0 && unit.worse != nullptr) {
    return "less than " + InUnit(-threshold, {unit.factor, unit.decimals, unit.worse});
  }
  return (above ? "more than " : "less than ") + InUnit(threshold, unit);
}

// Holds where the whole interval is on the rule's side of its threshold, does not where it is wholly on the other.
Outcome Decide(const Interval& interval, const Rule& rule) {
  const double low = interval.low - rule.threshold, high = interval.high - rule.threshold;
  if (rule.above ? low > 0 : high < 0) return Outcome::kHolds;
  if (rule.above ? high < 0 : low > 0) return Outcome::kDoesNotHold;
  return Outcome::kNotDecided;
}

// "; some 40 seeds would decide it": an interval is as wide as 1 / sqrt(n), if the scatter and the mean stay.
std::string WouldDecide(const Interval& interval, const Rule& rule, size_t count, const std::string& things) {
  constexpr double kMost = 1e6;
  const double half = (interval.high - interval.low) / 2, distance = std::fabs(interval.mean - rule.threshold);
  const double needed = std::ceil(static_cast<double>(count) * (half / distance) * (half / distance));
  if (!(needed <= kMost)) return "";
  return "; some " + CountText(std::max(count + 1, static_cast<size_t>(needed)), things) + " would decide it";
}

}  // namespace

std::string LeftOutText(const LeftOut& left_out) {
  if (left_out.pairs == 0) return "";
  return "; " + CountText(left_out.pairs, "pairs") + " left out, a run diverged" +
         (left_out.guessing ? " or is hardly better than guessing" : "");
}

double Judge::ThresholdOf(const std::string& claim, const std::string& name) const {
  if (!IsExploratory(comparison_, claim)) return comparison_.ThresholdOf(claim, name);
  Comparison today;
  today.thresholds = Thresholds();
  return today.ThresholdOf(claim, name);
}

const Variant* Judge::FindVariant(const std::string& activation, const std::string& norm,
                                  double learning_rate_factor) const {
  const Variant* found = nullptr;
  for (const Variant& variant : comparison_.variants) {
    if (variant.activation != activation || variant.norm != norm ||
        variant.learning_rate_factor != learning_rate_factor) {
      continue;
    }
    if (found == nullptr || variant.alpha == 1.0) found = &variant;
  }
  return found;
}

const ComparedRun* Judge::FindRun(const Variant& variant, uint64_t seed) const {
  for (const ComparedRun& run : comparison_.runs) {
    if (run.variant == comparison_.IndexOf(variant) && run.seed == seed) return &run;
  }
  return nullptr;
}

std::vector<Pair> Judge::Paired(const Variant& subject, const Variant& baseline, const Metric& metric) const {
  std::vector<Pair> pairs;
  for (const ComparedRun& run : comparison_.runs) {
    if (run.variant != comparison_.IndexOf(subject)) continue;
    const ComparedRun* other = FindRun(baseline, run.seed);
    if (other == nullptr) continue;
    const Pair pair = {metric(run), metric(*other)};
    if (std::isfinite(pair.subject) && std::isfinite(pair.baseline)) pairs.push_back(pair);
  }
  return pairs;
}

Metric Judge::FinalAccuracy() const {
  return [this](const ComparedRun& run) {
    const EpochOfRun* last = comparison_.LastEpoch(run);
    return last == nullptr ? kNoAccuracy : last->test_accuracy;
  };
}

bool Judge::Failed(const ComparedRun& run) const {
  if (run.diverged) return true;
  const double share = ThresholdOf("relu_unstable", "useless"), guessing = 1.0 / comparison_.settings.classes;
  return FinalAccuracy()(run) < guessing + share * (1.0 - guessing);  // of NaN neither
}

LeftOut Judge::CountLeftOut(const Variant& subject, const Variant& baseline, const Metric& metric) const {
  constexpr double kThere = 0, kGuessing = 1, kDiverged = 2;
  const auto state = [&](const ComparedRun& run) {
    if (std::isfinite(metric(run)) || !Failed(run)) return kThere;
    return run.diverged ? kDiverged : kGuessing;
  };
  LeftOut left_out;
  for (const auto& [of_subject, of_baseline] : Paired(subject, baseline, state)) {
    const double worse = std::max(of_subject, of_baseline);
    left_out.pairs += worse != kThere ? 1 : 0;
    left_out.guessing |= worse == kGuessing;
    left_out.subject |= of_subject != kThere;
    left_out.baseline |= of_baseline != kThere;
  }
  return left_out;
}

std::string Judge::Lacking(size_t count, const std::string& sample) const {
  const double fewest = ThresholdOf("every_claim", sample);
  if (std::isnan(fewest)) return "; how many a verdict needs was not written down";
  return static_cast<double>(count) >= fewest ? "" : Format("; a verdict needs %g", fewest);
}

Verdict Judge::ByNumbers(const Question& question, const std::string& means, const std::vector<double>& numbers,
                         const std::string& sample, double (*figure)(double)) const {
  Verdict verdict = {
      .claim = question.claim, .compared = question.compared, .measured = means, .threshold = RuleText(question.rule)};
  const double confidence = ThresholdOf("every_claim", "confidence");
  const std::string count = CountText(numbers.size(), sample), lacking = Lacking(numbers.size(), sample);
  if (numbers.size() < 2 || !(confidence > 0 && confidence < 1)) {
    const bool few = numbers.size() < 2;
    verdict.measured += "; " + count + (few ? ", too few for an interval" : ", no confidence was written down");
    verdict.measured += lacking;
    return verdict;
  }
  Interval interval = MeanInterval(numbers, confidence);
  interval = {figure(interval.mean), figure(interval.low), figure(interval.high)};
  verdict.figure = FigureText(interval.mean, question.rule.unit);
  verdict.measured += ": " + IntervalText(interval, question.rule.unit, confidence) + ", " + count + lacking;
  if (!lacking.empty()) return verdict;
  verdict.outcome = Decide(interval, question.rule);
  if (verdict.outcome == Outcome::kNotDecided) {
    verdict.measured += WouldDecide(interval, question.rule, numbers.size(), sample);
  }
  return verdict;
}

void Judge::NotDecided(const Question& question, const std::string& why) {
  verdicts_.push_back({question.claim, question.compared, why, RuleText(question.rule), Outcome::kNotDecided});
}

void Judge::ByPairs(const Question& question, const std::vector<Pair>& pairs, double (*difference)(const Pair&)) {
  if (pairs.empty()) return;
  double subject = 0, baseline = 0;
  std::vector<double> differences;
  for (const Pair& pair : pairs) {
    subject += pair.subject / static_cast<double>(pairs.size());
    baseline += pair.baseline / static_cast<double>(pairs.size());
    differences.push_back(difference(pair));
  }
  const std::string means = InUnit(subject, question.unit) + " against " + InUnit(baseline, question.unit);
  const auto same = [](double number) { return number; };
  verdicts_.push_back(ByNumbers(question, means, differences, "seeds", same));
}

void Judge::BySeeds(const Question& question, const Variant& subject, const Variant& baseline, const Metric& metric,
                    double (*difference)(const Pair&)) {
  const std::vector<Pair> pairs = Paired(subject, baseline, metric);
  const LeftOut left_out = CountLeftOut(subject, baseline, metric);
  if (pairs.empty() && left_out.pairs == 0) return;
  if (pairs.empty()) {
    NotDecided(question, "no pair of runs");
  } else {
    ByPairs(question, pairs, difference);
  }
  Verdict& verdict = verdicts_.back();
  verdict.measured += LeftOutText(left_out);
  const bool unsound = (verdict.outcome == Outcome::kHolds && left_out.subject) ||
                       (verdict.outcome == Outcome::kDoesNotHold && left_out.baseline);
  if (unsound) verdict.outcome = Outcome::kNotDecided;
}

}  // namespace elu_lab
