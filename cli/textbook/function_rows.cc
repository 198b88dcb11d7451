#include <cmath>
#include <limits>

#include "cli/textbook/properties.h"
#include "cli/textbook/rows.h"
#include "cli/textbook/shipped.h"
#include "program/text.h"

namespace elu::cli {
namespace {

constexpr double kNever = std::numeric_limits<double>::quiet_NaN();

std::array<double, 3> OfEach(const Subjects& s, const std::function<double(const Activation&)>& figure) {
  return {figure(s.relu), figure(s.leaky), figure(s.elu)};
}

// As the type prints its numbers.
std::function<std::string(double)> Of(const Dtype& dtype) {
  return [&dtype](double value) { return std::isnan(value) ? "never" : dtype.format(value); };
}

}  // namespace

Row NegativeInputsRow(const Subjects& s) {
  const auto at = [&](double x) {
    return OfEach(s, [x](const Activation& a) { return At(a.function, x) + 0.0; });  // -0 becomes 0
  };
  const double limit = LimitBelow(s.elu.function), far = At(s.elu.function, -6.0);
  const bool nears = std::fabs(far - limit) < 0.01 * std::fabs(limit);
  return {"soft saturation below 0",
          nears ? kTrue : kNotSo,
          "ELU nears " + s.dtype.format(limit) + "; ReLU is 0, Leaky ReLU a line",
          {Computed("f(-1)", "f_at_-1", at(-1), Digits(3)), Computed("f(-6)", "f_at_-6", at(-6), Digits(3))}};
}

Row RangeRow(const Subjects& s) {
  const double low = LimitBelow(s.elu.function);
  const double reached = LastWithValue(s.dtype, s.elu.function, low);
  const std::string limit = s.dtype.format(low), range = program::Format("(%g, inf)", -s.alpha);
  const auto object = [](const char* relu, const char* leaky, const std::string& elu) {
    return JsonObject(kActivations, {program::JsonText(relu), program::JsonText(leaky), program::JsonText(elu)});
  };
  return {"range (-alpha, inf)",
          kTrueOfReals,
          std::string("in ") + s.dtype.name + " it reaches " + limit + " at x = " + s.dtype.format(reached),
          {{"range", "range", object("[0, inf)", "(-inf, inf)", range), {"[0, inf)", "(-inf, inf)", range}},
           Computed("", "reaches_its_lower_limit_at_x", {0, kNever, reached}, Of(s.dtype))}};
}

Row SmoothnessRow(const Subjects& s) {
  const double right = s.dtype.number(1);  // the smallest positive number
  const auto jumps = OfEach(s, [&](const Activation& a) { return At(a.derivative, right) - At(a.derivative, 0.0); });
  return {"smooth at the origin",
          s.alpha == 1.0 ? kTrueAtOne : kNotSo,
          s.alpha == 1.0 ? "else ELU has a corner too" : "ELU has a corner unless alpha = 1",
          {Computed("jump of f' at 0", "jump_of_derivative_at_0", jumps, Of(s.dtype))}};
}

Row ZeroCentredRow(const Subjects& s) {
  const auto means = OfEach(s, [](const Activation& a) { return a.mean; });
  const bool nearer = std::fabs(s.elu.mean) < std::fabs(s.relu.mean);
  return {"near zero-centred",
          nearer ? kTrue : kNotSo,
          (nearer ? "nearer 0 than ReLU; in training by " : "no nearer 0 than ReLU; in training nearer by ") +
              SizeOf(kDistanceAdvantage),
          {Computed("mean of f(z)", "mean_of_f_of_standard_normal", means, Decimals(3)),
           ShippedFact("mean off 0, trained", kDistance), Unlabelled(kDistanceAdvantage)}};
}

Row MonotonicRow(const Subjects& s) {
  const std::vector<double> numbers = IncreasingNumbers(s.dtype);
  const bool all = numbers.size() == 2 * s.dtype.infinity - 1;  // +0 and -0 are one
  const auto falls = OfEach(s, [&](const Activation& a) { return CountFalls(a.function, numbers); });
  return {"monotonic",
          falls[2] == 0 ? kTrue : kNotSo,
          std::string("no fall among ") + (all ? "all" : "a million") + " numbers of " + s.dtype.name,
          {Computed("falls", "falls_count", falls, Decimals(0))}};
}

Row DeadNeuronsRow(const Subjects& s) {
  const ArrayFunction through_output = [&](const std::vector<double>& x) {
    const Function& derivative = FindFunction("derivative-from-output");
    return s.dtype.evaluate(derivative, s.elu.function(x), {.alpha = s.alpha}, ELU_ACCURATE);
  };
  const double zero = LastWithValue(s.dtype, s.elu.derivative, 0.0);
  const double zero_from_output = LastWithValue(s.dtype, through_output, 0.0);
  return {
      "no dead neurons",
      kTrueOfReals,
      std::string("in ") + s.dtype.name + " f' is 0 far down; after epoch 1 some of ReLU's were dead, none of ELU's",
      {Computed("f' = 0 for x <=", "derivative_0_up_to_x", {0, kNever, zero}, Of(s.dtype)),
       Computed("f' from the output", "derivative_from_output_0_up_to_x", {0, kNever, zero_from_output}, Of(s.dtype)),
       ShippedByEpoch("dead of 256, by epoch", kFewestDead, kMostDead), Unlabelled(kMostDead)}};
}

}  // namespace elu::cli
