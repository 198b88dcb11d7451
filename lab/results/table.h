// What a comparison tells on a terminal, from its results.
#ifndef ELU_LAB_RESULTS_TABLE_H_
#define ELU_LAB_RESULTS_TABLE_H_

#include <string>

#include "lab/results/comparison.h"

namespace elu_lab {

// "ELU (alpha 1), without BatchNorm, lr x 4".
std::string TitleOf(const Variant& variant);

// "test accuracy 51.2 %, training loss 2.1720", or "diverged after 12 steps".
std::string SummaryOf(const ComparedRun& run);

// A line a variant: test accuracy after the last epoch, the mean over the seeds and the least and greatest, training
// loss of the last epoch; median time of a step with its quartiles; the share of it that the activations f take, the
// median over the rounds. Runs that diverged are counted, and are in no mean.
std::string ComparisonTable(const Comparison& comparison);

}  // namespace elu_lab

#endif  // ELU_LAB_RESULTS_TABLE_H_
