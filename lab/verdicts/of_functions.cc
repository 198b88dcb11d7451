// Verdicts on the functions themselves, as the library computes them.
#include <algorithm>
#include <cmath>
#include <limits>

#include "elu/elu.hpp"
#include "lab/verdicts/judging.h"
#include "program/leaky_relu.h"
#include "program/text.h"

namespace elu_lab {
namespace {

using program::Format;
using program::kLeakySlope;

constexpr double kInput = -10;  // shown where no threshold names another

// Of ELU; ReLU is ELU with alpha 0.
double Forward(double x, double alpha) {
  double y = 0;
  elu::forward(std::span(&std::as_const(x), 1), std::span(&y, 1), {.alpha = alpha});
  return y;
}

// f'(0+) - f'(0).
double Jump(double alpha) {
  const double x[] = {0.0, std::numeric_limits<double>::denorm_min()};
  double slope[2];
  elu::derivative(std::span<const double>(x), std::span<double>(slope), {.alpha = alpha});
  return slope[1] - slope[0];
}

// The alphas that are compared; 1 where ELU is not.
std::vector<double> Alphas(const Comparison& comparison) {
  std::vector<double> alphas;
  for (const Variant& variant : comparison.variants) {
    if (variant.activation != "elu" || !std::isfinite(variant.alpha)) continue;
    if (std::ranges::find(alphas, variant.alpha) == alphas.end()) alphas.push_back(variant.alpha);
  }
  if (alphas.empty()) alphas.push_back(1.0);
  return alphas;
}

std::string Subject(double alpha) { return Format("ELU (alpha %g) beside ReLU and Leaky ReLU, the functions", alpha); }

Outcome AtMost(double number, double threshold) {
  if (std::isnan(threshold)) return Outcome::kNotDecided;
  return number <= threshold ? Outcome::kHolds : Outcome::kDoesNotHold;
}

}  // namespace

void Judge::OnFunctions() {
  const double input = ThresholdOf("negative_behaviour", "input"), x = std::isnan(input) ? kInput : input;
  const double within = ThresholdOf("negative_behaviour", "within");
  const double jump = ThresholdOf("smooth_at_origin", "jump");
  for (const double alpha : Alphas(comparison_)) {
    const double distance = std::fabs(Forward(x, alpha) + alpha);
    verdicts_.push_back({"negative_behaviour", Subject(alpha),
                         Format("f(%g): ELU %.6g, ReLU %.6g, Leaky ReLU %.6g", x, Forward(x, alpha),
                                Forward(x, 0.0) + 0.0, kLeakySlope * x),  // + 0.0: prints -0 as 0
                         ThresholdText("within %g %% of -alpha", 100 * within),
                         AtMost(distance, within * std::fabs(alpha))});
    verdicts_.push_back(
        {"smooth_at_origin", Subject(alpha),
         Format("f' jumps at 0 by: ELU %.6g, ReLU %.6g, Leaky ReLU %.6g", Jump(alpha), Jump(0.0), 1.0 - kLeakySlope),
         ThresholdText("at most %g", jump), AtMost(std::fabs(Jump(alpha)), jump)});
  }
}

}  // namespace elu_lab
