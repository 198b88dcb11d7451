// What a comparison says to each claim.
#ifndef ELU_LAB_VERDICTS_VERDICTS_H_
#define ELU_LAB_VERDICTS_VERDICTS_H_

#include <string>
#include <vector>

#include "lab/results/comparison.h"
#include "lab/verdicts/claims.h"

namespace elu_lab {

enum class Outcome { kHolds, kDoesNotHold, kNotDecided };

// "holds", "does not hold here", "not decided by this run".
std::string OutcomeText(Outcome outcome);

struct Verdict {
  std::string claim;      // its id
  std::string compared;   // "ELU (alpha 1) against ReLU, with BatchNorm"
  std::string measured;   // with its interval, or what is missing
  std::string threshold;  // "more than 5 %"
  Outcome outcome = Outcome::kNotDecided;
  std::string figure = {};   // the number that was judged, "19.8 % fewer"; "" where there is no single one
  bool exploratory = false;  // its claim was made after the comparison, by what such data had shown
};

// "holds", and, where it is so, ", exploratory".
std::string OutcomeText(const Verdict& verdict);

// Whether a claim was made after a comparison: thresholds were written to its plan, but none of this claim.
bool IsExploratory(const Comparison& comparison, const std::string& claim);

// What a comparison, which must outlive it, says: in the claims' order, nothing on a claim about which nothing was
// measured, by the thresholds of the comparison.
struct Judged {
  const Comparison& comparison;
  std::vector<Verdict> verdicts;
};
Judged JudgeComparison(const Comparison& comparison);

// Several comparisons, each with its verdicts, as text; claims about which none measured anything are said to be not
// decided, and what they need.
std::string VerdictsAsText(const std::vector<Judged>& comparisons);

// The claims about which none of these comparisons measured anything.
std::vector<Claim> Unmeasured(const std::vector<Judged>& comparisons);

}  // namespace elu_lab

#endif  // ELU_LAB_VERDICTS_VERDICTS_H_
