// Where along a run training with one activation is ahead of another: the paired difference of smoothed losses.
#ifndef ELU_LAB_VERDICTS_LOSS_DIFFERENCE_H_
#define ELU_LAB_VERDICTS_LOSS_DIFFERENCE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "lab/results/comparison.h"

namespace elu_lab {

// The steps over which a loss is averaged.
inline constexpr size_t kLossWindow = 50;

// The mean of the last kLossWindow losses at each step; the first is that of step kLossWindow.
std::vector<double> SmoothedLosses(const ComparedRun& run);

// At each of these steps the subject's smoothed loss less the baseline's, its mean over the seeds with the interval of
// that mean. Empty with fewer than two pairs of runs that did not diverge.
struct LossDifference {
  std::vector<double> step, mean, low, high;
};
LossDifference PairedLossDifference(const Comparison& comparison, const Variant& subject, const Variant& baseline,
                                    double confidence);

// Steps between which the whole interval is on one side of 0; steps of neither side between two of one are theirs.
struct Stretch {
  bool above;
  double first, last;
};
std::vector<Stretch> Stretches(const LossDifference& difference);

// "above ReLU's in steps 52 to 371, below it in steps 402 to 1173"; "not apart from ReLU's at any step".
std::string StretchesText(const std::vector<Stretch>& stretches, const std::string& baseline);

}  // namespace elu_lab

#endif  // ELU_LAB_VERDICTS_LOSS_DIFFERENCE_H_
