#include "lab/verdicts/verdicts.h"

#include <algorithm>

#include "lab/verdicts/judging.h"

namespace elu_lab {

std::string OutcomeText(Outcome outcome) {
  switch (outcome) {
    case Outcome::kHolds: return "holds";
    case Outcome::kDoesNotHold: return "does not hold here";
    case Outcome::kNotDecided: break;
  }
  return "not decided by this run";
}

std::vector<Verdict> Judge(const Comparison& comparison) {
  std::vector<Verdict> verdicts;
  JudgeFunctions(comparison, verdicts);
  JudgeTraining(comparison, verdicts);
  JudgeStability(comparison, verdicts);
  JudgeTimes(comparison, verdicts);
  JudgeInitialisation(comparison, verdicts);
  const auto place = [](const Verdict& verdict) {
    return std::ranges::find(Claims(), verdict.claim, &Claim::id) - Claims().begin();
  };
  std::ranges::stable_sort(verdicts, {}, place);
  return verdicts;
}

std::vector<Claim> Unmeasured(const std::vector<Comparison>& comparisons) {
  std::vector<Verdict> all;
  for (const Comparison& comparison : comparisons) std::ranges::copy(Judge(comparison), std::back_inserter(all));
  std::vector<Claim> unmeasured;
  std::ranges::copy_if(Claims(), std::back_inserter(unmeasured), [&all](const Claim& claim) {
    return std::ranges::find(all, claim.id, &Verdict::claim) == all.end();
  });
  return unmeasured;
}

std::string VerdictsAsText(const std::vector<Comparison>& comparisons) {
  std::string text;
  for (const Comparison& comparison : comparisons) {
    const std::vector<Verdict> verdicts = Judge(comparison);
    text += "Verdicts of " + comparison.name + "\n";
    for (const Claim& claim : Claims()) {
      bool first = true;
      for (const Verdict& verdict : verdicts) {
        if (verdict.claim != claim.id) continue;
        if (std::exchange(first, false)) text += "\n" + claim.words + "\n";
        text += "  " + OutcomeText(verdict.outcome) + ": " + verdict.compared + ": " + verdict.measured +
                "; threshold: " + verdict.threshold + "\n";
      }
    }
    text += "\n";
  }
  for (const Claim& claim : Unmeasured(comparisons)) {
    text += claim.words + "\n  " + OutcomeText(Outcome::kNotDecided) + ": needs " + claim.needs + "\n";
  }
  return text;
}

}  // namespace elu_lab
