// Does training fail with ReLU where it does not with ELU?
#include <algorithm>
#include <cmath>
#include <limits>

#include "lab/verdicts/judging.h"
#include "program/text.h"

namespace elu_lab {
namespace {

using program::Format;

constexpr const char* kClaim = "relu_unstable";

// 1 for a run that failed, 0 for another, NaN for one that is not at its end.
Metric Useless(const Comparison& comparison) {
  return [&comparison](const ComparedRun& run) {
    if (Failed(comparison, run)) return 1.0;
    return LastEpoch(comparison, run) == nullptr ? std::numeric_limits<double>::quiet_NaN() : 0.0;
  };
}

Outcome DecideShares(const Interval& interval, double holds_above, double fails_below) {
  if (interval.low > holds_above) return Outcome::kHolds;
  return interval.high < fails_below ? Outcome::kDoesNotHold : Outcome::kNotDecided;
}

void JudgeAtRate(const Comparison& comparison, const Variant& elu, const Variant& relu,
                 std::vector<Verdict>& verdicts) {
  const double useless = Threshold(comparison, kClaim, "useless");
  const double holds = Threshold(comparison, kClaim, "holds_above"),
               fails = Threshold(comparison, kClaim, "fails_below");
  const double confidence = Threshold(comparison, "every_claim", "confidence");
  const std::vector<Pair> pairs = Paired(comparison, elu, relu, Useless(comparison));
  if (pairs.empty() || std::isnan(useless) || !(confidence > 0 && confidence < 1)) return;
  const auto n = static_cast<int>(pairs.size());
  const auto relu_alone = std::ranges::count_if(pairs, [](const Pair& pair) { return pair.baseline > pair.subject; });
  const auto elu_alone = std::ranges::count_if(pairs, [](const Pair& pair) { return pair.subject > pair.baseline; });
  const Interval interval = PairedShares(static_cast<int>(relu_alone), static_cast<int>(elu_alone), n, confidence);
  Verdict verdict = {kClaim, ComparedText(elu, relu) + Format(", learning rate x %g", elu.learning_rate_factor), "",
                     Format("holds above %g points, does not below %g", 100 * holds, 100 * fails),
                     Outcome::kNotDecided};
  verdict.measured =
      Format("%td of %d runs useless against %td of %d: ", std::ranges::count(pairs, 1.0, &Pair::subject), n,
             std::ranges::count(pairs, 1.0, &Pair::baseline), n) +
      IntervalText(interval, {100, 0, " points fewer"}, confidence) + ", " + CountText(pairs.size(), "seeds");
  const std::string lacking = Lacking(comparison, pairs.size(), "seeds");
  verdict.measured += lacking;
  if (lacking.empty()) verdict.outcome = DecideShares(interval, holds, fails);
  verdicts.push_back(verdict);
}

}  // namespace

void JudgeStability(const Comparison& comparison, std::vector<Verdict>& verdicts) {
  for (const Variant& relu : comparison.variants) {
    if (relu.activation != "relu" || relu.norm != "none" || !(relu.learning_rate_factor > 1)) continue;
    const Variant* elu = FindVariant(comparison, "elu", "none", relu.learning_rate_factor);
    if (elu != nullptr) JudgeAtRate(comparison, *elu, relu, verdicts);
  }
}

}  // namespace elu_lab
