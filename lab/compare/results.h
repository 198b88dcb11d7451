// What a comparison has come to before its first run.
#ifndef ELU_LAB_COMPARE_RESULTS_H_
#define ELU_LAB_COMPARE_RESULTS_H_

#include "lab/compare/plan.h"
#include "lab/results/comparison.h"

namespace elu_lab {

// All but what is measured: of today (UTC), by this program on this machine.
Comparison WithoutRuns(const Plan& plan);

}  // namespace elu_lab

#endif  // ELU_LAB_COMPARE_RESULTS_H_
