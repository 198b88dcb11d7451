// What textbooks say of ELU, as a comparison can test it; what must be measured for each to hold, fixed beforehand.
#ifndef ELU_LAB_VERDICTS_CLAIMS_H_
#define ELU_LAB_VERDICTS_CLAIMS_H_

#include <string>
#include <vector>

#include "lab/results/comparison.h"

namespace elu_lab {

struct Claim {
  std::string id;
  std::string words;    // as textbooks have it
  std::string measure;  // what is measured, in which unit, and what counts as holding
  std::string needs;    // the variants or measurements without which it cannot be decided
  std::vector<Threshold> thresholds;
};

// In the order of the report.
const std::vector<Claim>& Claims();

// Of each claim by its id, and before them, as "every_claim", the confidence of intervals (a share), the fewest seeds
// and the fewest rounds of timing that a verdict needs. Shares and accuracies are from 0 to 1.
std::vector<ClaimThresholds> Thresholds();

}  // namespace elu_lab

#endif  // ELU_LAB_VERDICTS_CLAIMS_H_
