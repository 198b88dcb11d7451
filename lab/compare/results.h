// results.json: all that a comparison has come to so far.
#ifndef ELU_LAB_COMPARE_RESULTS_H_
#define ELU_LAB_COMPARE_RESULTS_H_

#include <nlohmann/json.hpp>
#include <string>

#include "lab/compare/plan.h"

namespace elu_lab {

// The whole file but for what was measured: form, program, date (UTC), command, machine, settings, thresholds,
// variants, and no runs yet.
nlohmann::ordered_json EmptyResults(const Plan& plan);

// What an earlier results.json of the folder holds under a name; null where there is none.
nlohmann::ordered_json EarlierResult(const Plan& plan, const std::string& name);

}  // namespace elu_lab

#endif  // ELU_LAB_COMPARE_RESULTS_H_
