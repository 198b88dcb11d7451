#include <cmath>
#include <numbers>

#include "cli/textbook/properties.h"
#include "cli/textbook/rows.h"
#include "cli/textbook/shipped.h"
#include "elu/statistics.hpp"
#include "program/leaky_relu.h"
#include "program/text.h"

namespace elu::cli {
namespace {

// Of small noise at z from N(0, 1), z < 0: the share of its variance that f lets through, E[f'(z)^2 | z < 0]. Half of
// E[f'(z)^2] is that of z > 0, where f' is 1.
double NoiseThrough(double derivative_second_moment) { return 2.0 * derivative_second_moment - 1.0; }

}  // namespace

Row NoiseRow(const Subjects& s) {
  const double through = NoiseThrough(moments_of_normal(0.0, 1.0, {.alpha = s.alpha}).derivative_second_moment);
  const double through_leaky = program::kLeakySlope * program::kLeakySlope;
  const auto percent = [](double share) { return program::Format("%.3g %%", 100.0 * share); };
  return {"robust to noise",
          VerdictOn(kNoiseAdvantage),
          "it lost " + SizeOf(kNoiseAdvantage) + " points more than ReLU",
          {Computed("noise passed, z < 0", "variance_of_noise_passed_at_negative_standard_normal_ratio",
                    {0, through_leaky, through}, percent),
           ShippedFact("accuracy lost", kLostToNoise, " points"), Unlabelled(kNoiseAdvantage)}};
}

Row InitialisationRow(const Subjects& s) {
  const bool fits = std::fabs(s.elu.gain / std::numbers::sqrt2 - 1) < 0.01;
  const auto text = Decimals(4);
  return {"He initialisation fits",
          fits ? kTrue : kNotSo,
          "He's " + text(std::numbers::sqrt2) + " is made for ReLU, ELU's is " + text(s.elu.gain),
          {Computed("gain that fits", "initialisation_gain", {s.relu.gain, s.leaky.gain, s.elu.gain}, text),
           ShippedFact("growth, 50 layers", kGrowth, " x")}};
}

Row ConvergenceRow() {
  return {"converges faster",
          VerdictOn(kLossAdvantage, kShortLossAdvantage),
          "over 3 epochs " + SizeOf(kLossAdvantage) + " below ReLU's loss, but in epoch 1 above it; over 158 steps " +
              SizeOf(kShortLossAdvantage) + " above it",
          {ShippedByEpoch("loss, by epoch", kLoss), Unlabelled(kLossAdvantage), Unlabelled(kShortLossAdvantage)}};
}

Row BestForRow() {
  return {"best for accuracy",
          VerdictOn(kAccuracyAdvantage),
          SizeOf(kAccuracyAdvantage) + " points above ReLU; not for speed or noisy images",
          {ShippedFact("test accuracy", kAccuracy, " %"), Unlabelled(kAccuracyAdvantage)}};
}

Row ChoiceOfAlphaRow(const Dtype& dtype) {
  std::array<double, 3> low, jump, mean, gain;
  for (std::size_t i = 0; i < low.size(); ++i) {
    const Activation elu = Elu(dtype, {.alpha = kAlphaOf[i]});
    low[i] = LimitBelow(elu.function);
    jump[i] = 1.0 - At(elu.derivative, 0.0);
    mean[i] = elu.mean;
    gain[i] = elu.gain;
  }
  const auto exact = [&dtype](double value) { return dtype.format(value); };
  return {"alpha = 1 is best",
          VerdictOn(kOverHalf, kOverTwo),
          SizeOf(kOverHalf) + " points below 0.5 and " + SizeOf(kOverTwo) + " above 2 in a short training",
          {Computed("lower limit", "lower_limit", low, exact, kAlphas),
           Computed("jump of f' at 0", "jump_of_derivative_at_0", jump, exact, kAlphas),
           Computed("mean of f(z)", "mean_of_f_of_standard_normal", mean, Decimals(3), kAlphas),
           Computed("gain that fits", "initialisation_gain", gain, Decimals(4), kAlphas),
           ShippedFact("test accuracy", kAccuracyByAlpha, " %", kAlphas), Unlabelled(kOverHalf), Unlabelled(kOverTwo)},
          &kAlphas};
}

}  // namespace elu::cli
