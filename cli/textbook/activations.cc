#include "cli/textbook/activations.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "elu/statistics.hpp"
#include "program/leaky_relu.h"

namespace elu::cli {
namespace {

using program::kLeakySlope;

std::vector<double> Map(const std::vector<double>& x, double (*f)(double)) {
  std::vector<double> y(x.size());
  std::ranges::transform(x, y.begin(), f);
  return y;
}

}  // namespace

Activation Elu(const Dtype& dtype, const Params& params) {
  const auto numbers = [&dtype, params](const char* name) -> ArrayFunction {
    return [&dtype, &function = FindFunction(name), params](const std::vector<double>& x) {
      return dtype.evaluate(function, x, params, ELU_ACCURATE);
    };
  };
  const ArrayFunction function = numbers("forward");
  function({});  // throws for parameters that are not admitted
  return {function, numbers("derivative"), moments_of_normal(0.0, 1.0, params).mean, initialisation_gain(params)};
}

Activation Relu(const Dtype& dtype) { return Elu(dtype, {.alpha = 0.0}); }

Activation LeakyRelu() {
  const auto function = [](double x) { return x > 0.0 ? x : kLeakySlope * x; };
  const auto derivative = [](double x) { return x > 0.0 ? 1.0 : kLeakySlope; };
  return {[function](const auto& x) { return Map(x, function); },
          [derivative](const auto& x) { return Map(x, derivative); },
          (1.0 - kLeakySlope) / std::sqrt(2.0 * std::numbers::pi),  // E[max(z, 0)] = 1 / sqrt(2 pi) = -E[min(z, 0)]
          std::sqrt(2.0 / (1.0 + kLeakySlope * kLeakySlope))};      // each branch has half of E[z^2] = 1
}

}  // namespace elu::cli
