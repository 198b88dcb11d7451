#include "lab/verdicts/judging.h"

#include <cmath>
#include <limits>

#include "program/text.h"

namespace elu_lab {
namespace {

using program::Format;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr const char* kNoThreshold = "none was written down before the runs";

std::string Number(double number, const Unit& unit) {
  const std::string text = Format("%.*f", unit.decimals, number * unit.factor);
  const bool negative_zero = text[0] == '-' && text.find_first_of("123456789") == std::string::npos;
  return negative_zero ? text.substr(1) : text;
}

const ComparedRun* FindRun(const Comparison& comparison, size_t variant, uint64_t seed) {
  for (const ComparedRun& run : comparison.runs) {
    if (run.variant == variant && run.seed == seed) return &run;
  }
  return nullptr;
}

}  // namespace

std::string InUnit(double number, const Unit& unit) { return Number(number, unit) + unit.name; }

Outcome Decide(const Interval& interval, const Rule& rule) {
  const double low = interval.low - rule.threshold, high = interval.high - rule.threshold;
  if (rule.above ? low > 0 : high < 0) return Outcome::kHolds;
  if (rule.above ? high < 0 : low > 0) return Outcome::kDoesNotHold;
  return Outcome::kNotDecided;
}

std::string RuleText(const Rule& rule) {
  if (std::isnan(rule.threshold)) return kNoThreshold;
  if (rule.above && rule.threshold < 0 && rule.unit.worse != nullptr) {
    return "less than " + Number(-rule.threshold, rule.unit) + rule.unit.worse;
  }
  return (rule.above ? "more than " : "less than ") + InUnit(rule.threshold, rule.unit);
}

std::string ThresholdText(const char* format, double number) {
  return std::isnan(number) ? kNoThreshold : Format(format, number);
}

std::string IntervalText(const Interval& interval, const Unit& unit, double confidence) {
  return InUnit(interval.mean, unit) + Format(" (%g %% interval ", 100 * confidence) + Number(interval.low, unit) +
         " to " + Number(interval.high, unit) + ")";
}

const Variant* FindVariant(const Comparison& comparison, const std::string& activation, const std::string& norm,
                           double learning_rate_factor) {
  const Variant* found = nullptr;
  for (const Variant& variant : comparison.variants) {
    if (variant.activation != activation || variant.norm != norm ||
        variant.learning_rate_factor != learning_rate_factor) {
      continue;
    }
    if (found == nullptr || variant.alpha == 1.0) found = &variant;
  }
  return found;
}

size_t IndexOf(const Comparison& comparison, const Variant& variant) {
  return static_cast<size_t>(&variant - comparison.variants.data());
}

std::vector<Pair> Paired(const Comparison& comparison, const Variant& subject, const Variant& baseline,
                         const Metric& metric) {
  std::vector<Pair> pairs;
  for (const ComparedRun& run : comparison.runs) {
    if (run.variant != IndexOf(comparison, subject)) continue;
    const ComparedRun* other = FindRun(comparison, IndexOf(comparison, baseline), run.seed);
    if (other == nullptr) continue;
    const Pair pair = {metric(run), metric(*other)};
    if (std::isfinite(pair.subject) && std::isfinite(pair.baseline)) pairs.push_back(pair);
  }
  return pairs;
}

std::string NormText(const std::string& norm) { return norm == "batch" ? "with BatchNorm" : "without BatchNorm"; }

std::string ComparedText(const Variant& subject, const Variant& baseline) {
  if (subject.norm == baseline.norm) {
    return subject.label + " against " + baseline.label + ", " + NormText(subject.norm);
  }
  return subject.label + " " + NormText(subject.norm) + " against " + baseline.label + " " + NormText(baseline.norm);
}

const EpochOfRun* LastEpoch(const Comparison& comparison, const ComparedRun& run) {
  const bool whole = !run.diverged && !run.epochs.empty() && run.epochs.back().epoch == comparison.epochs;
  return whole ? &run.epochs.back() : nullptr;
}

Metric FinalAccuracy(const Comparison& comparison) {
  return [&comparison](const ComparedRun& run) {
    const EpochOfRun* last = LastEpoch(comparison, run);
    return last == nullptr ? kNaN : last->test_accuracy;
  };
}

double Threshold(const Comparison& comparison, const std::string& claim, const std::string& name) {
  return ThresholdOf(comparison, claim, name).value_or(kNaN);
}

std::string CountText(size_t count, const std::string& things) {
  return std::to_string(count) + " " + (count == 1 ? things.substr(0, things.size() - 1) : things);
}

std::string Lacking(const Comparison& comparison, size_t count, const std::string& sample) {
  const double fewest = Threshold(comparison, "every_claim", sample);
  if (std::isnan(fewest)) return "; how many a verdict needs was not written down";
  return static_cast<double>(count) >= fewest ? "" : Format("; a verdict needs %g", fewest);
}

Verdict JudgeNumbers(const Comparison& comparison, const Question& question, const std::string& means,
                     const std::vector<double>& numbers, const std::string& sample, double (*figure)(double)) {
  Verdict verdict = {question.claim, question.compared, means, RuleText(question.rule), Outcome::kNotDecided};
  const double confidence = Threshold(comparison, "every_claim", "confidence");
  const std::string count = CountText(numbers.size(), sample), lacking = Lacking(comparison, numbers.size(), sample);
  if (numbers.size() < 2 || !(confidence > 0 && confidence < 1)) {
    const bool few = numbers.size() < 2;
    verdict.measured += "; " + count + (few ? ", too few for an interval" : ", no confidence was written down");
    verdict.measured += lacking;
    return verdict;
  }
  Interval interval = MeanInterval(numbers, confidence);
  interval = {figure(interval.mean), figure(interval.low), figure(interval.high)};
  verdict.measured += ": " + IntervalText(interval, question.rule.unit, confidence) + ", " + count + lacking;
  if (lacking.empty()) verdict.outcome = Decide(interval, question.rule);
  return verdict;
}

void JudgePairs(const Comparison& comparison, const Question& question, const std::vector<Pair>& pairs,
                const std::function<double(const Pair&)>& difference, std::vector<Verdict>& verdicts) {
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
  verdicts.push_back(JudgeNumbers(comparison, question, means, differences, "seeds", same));
}

}  // namespace elu_lab
