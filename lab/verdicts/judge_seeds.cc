// Verdicts by pairs of runs of one seed, some of which may have failed.
#include <algorithm>
#include <cmath>

#include "lab/verdicts/judging.h"

namespace elu_lab {

bool Failed(const Comparison& comparison, const ComparedRun& run) {
  if (run.diverged) return true;
  const double share = Threshold(comparison, "relu_unstable", "useless"), guessing = 1.0 / comparison.classes;
  return FinalAccuracy(comparison)(run) < guessing + share * (1.0 - guessing);  // of NaN neither
}

LeftOut CountLeftOut(const Comparison& comparison, const Variant& subject, const Variant& baseline,
                     const Metric& metric) {
  constexpr double kThere = 0, kGuessing = 1, kDiverged = 2;
  const auto state = [&](const ComparedRun& run) {
    if (std::isfinite(metric(run)) || !Failed(comparison, run)) return kThere;
    return run.diverged ? kDiverged : kGuessing;
  };
  LeftOut left_out;
  for (const auto& [of_subject, of_baseline] : Paired(comparison, subject, baseline, state)) {
    const double worse = std::max(of_subject, of_baseline);
    left_out.pairs += worse != kThere ? 1 : 0;
    left_out.guessing |= worse == kGuessing;
    left_out.subject |= of_subject != kThere;
    left_out.baseline |= of_baseline != kThere;
  }
  return left_out;
}

std::string LeftOutText(const LeftOut& left_out) {
  if (left_out.pairs == 0) return "";
  return "; " + CountText(left_out.pairs, "pairs") + " left out, a run diverged" +
         (left_out.guessing ? " or is hardly better than guessing" : "");
}

void JudgeSeeds(const Comparison& comparison, const Question& question, const Variant& subject, const Variant& baseline,
                const Metric& metric, const std::function<double(const Pair&)>& difference,
                std::vector<Verdict>& verdicts) {
  const std::vector<Pair> pairs = Paired(comparison, subject, baseline, metric);
  const LeftOut left_out = CountLeftOut(comparison, subject, baseline, metric);
  if (pairs.empty() && left_out.pairs == 0) return;
  if (pairs.empty()) {
    verdicts.push_back({question.claim, question.compared, "no pair of runs", RuleText(question.rule)});
  } else {
    JudgePairs(comparison, question, pairs, difference, verdicts);
  }
  Verdict& verdict = verdicts.back();
  verdict.measured += LeftOutText(left_out);
  const bool unsound = (verdict.outcome == Outcome::kHolds && left_out.subject) ||
                       (verdict.outcome == Outcome::kDoesNotHold && left_out.baseline);
  if (unsound) verdict.outcome = Outcome::kNotDecided;
}

}  // namespace elu_lab
