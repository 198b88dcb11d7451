#include "lab/verdicts/verdicts.h"

#include <algorithm>

#include "lab/verdicts/answer.h"
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

std::string OutcomeText(const Verdict& verdict) {
  return OutcomeText(verdict.outcome) + (verdict.exploratory ? ", exploratory" : "");
}

bool IsExploratory(const Comparison& comparison, const std::string& claim) {
  return !comparison.thresholds.empty() && claim != "every_claim" &&
         std::ranges::find(comparison.thresholds, claim, &ClaimThresholds::claim) == comparison.thresholds.end();
}

Judged JudgeComparison(const Comparison& comparison) {
  Judge judge(comparison);
  judge.OnFunctions();
  judge.OnTraining();
  judge.OnStability();
  judge.OnTimes();
  judge.OnInitialisation();
  std::vector<Verdict> verdicts = std::move(judge).Verdicts();
  const auto place = [](const Verdict& verdict) {
    return std::ranges::find(Claims(), verdict.claim, &Claim::id) - Claims().begin();
  };
  std::ranges::stable_sort(verdicts, {}, place);
  for (Verdict& verdict : verdicts) verdict.exploratory = IsExploratory(comparison, verdict.claim);
  return {comparison, std::move(verdicts)};
}

std::vector<Claim> Unmeasured(const std::vector<Judged>& comparisons) {
  std::vector<Claim> unmeasured = Claims();
  for (const Judged& judged : comparisons) {
    std::erase_if(unmeasured, [&judged](const Claim& claim) {
      return std::ranges::find(judged.verdicts, claim.id, &Verdict::claim) != judged.verdicts.end();
    });
  }
  return unmeasured;
}

std::string VerdictsAsText(const std::vector<Judged>& comparisons) {
  std::string text;
  for (const auto& [comparison, verdicts] : comparisons) {
    text += "Verdicts of " + comparison.name + "\n";
    for (const std::string& sentence : Answer({comparison, verdicts})) text += sentence + "\n";
    for (const Claim& claim : Claims()) {
      bool first = true;
      for (const Verdict& verdict : verdicts) {
        if (verdict.claim != claim.id) continue;
        if (std::exchange(first, false)) text += "\n" + claim.words + "\n";
        text += "  " + OutcomeText(verdict) + ": " + verdict.compared + ": " + verdict.measured +
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
