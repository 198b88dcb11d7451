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

Outcome DecideShares(const Interval& interval, double holds_above, double fails_below) {
  if (interval.low > holds_above) return Outcome::kHolds;
  return interval.high < fails_below ? Outcome::kDoesNotHold : Outcome::kNotDecided;
}

}  // namespace

void Judge::OnRate(const Variant& elu, const Variant& relu) {
  const double useless = ThresholdOf(kClaim, "useless");
  const double holds = ThresholdOf(kClaim, "holds_above"), fails = ThresholdOf(kClaim, "fails_below");
  const double confidence = ThresholdOf("every_claim", "confidence");
  // 1 for a run that failed, 0 for another, NaN for one that is not at its end.
  const std::vector<Pair> pairs = Paired(elu, relu, [this](const ComparedRun& run) {
    if (Failed(run)) return 1.0;
    return comparison_.LastEpoch(run) == nullptr ? std::numeric_limits<double>::quiet_NaN() : 0.0;
  });
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
      IntervalText(interval, {100, 0, " points fewer", " points more"}, confidence) + ", " +
      CountText(pairs.size(), "seeds");
  const std::string lacking = Lacking(pairs.size(), "seeds");
  verdict.measured += lacking;
  if (lacking.empty()) verdict.outcome = DecideShares(interval, holds, fails);
  verdicts_.push_back(verdict);
}

void Judge::OnStability() {
  for (const Variant& relu : comparison_.variants) {
    if (relu.activation != "relu" || relu.norm != "none" || !(relu.learning_rate_factor > 1)) continue;
    const Variant* elu = FindVariant("elu", "none", relu.learning_rate_factor);
    if (elu != nullptr) OnRate(*elu, relu);
  }
}

}  // namespace elu_lab
