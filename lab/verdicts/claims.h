// What textbooks say of ELU, as a comparison can test it; what must be measured for each to hold, fixed beforehand.
#ifndef ELU_LAB_VERDICTS_CLAIMS_H_
#define ELU_LAB_VERDICTS_CLAIMS_H_

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace elu_lab {

struct Claim {
  std::string id;
  std::string words;    // as textbooks have it
  std::string measure;  // what is measured, in which unit, and what counts as holding
  std::string needs;    // the variants or measurements without which it cannot be decided
  std::vector<std::pair<std::string, double>> thresholds;
};

// In the order of the report.
const std::vector<Claim>& Claims();

// {claim's id: {name: number}}, and under "every_claim" the confidence of intervals (a share), the fewest seeds and the
// fewest rounds of timing that a verdict needs. Shares and accuracies are from 0 to 1.
nlohmann::ordered_json Thresholds();

}  // namespace elu_lab

#endif  // ELU_LAB_VERDICTS_CLAIMS_H_
