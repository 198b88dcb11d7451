// What the kernels need of the parameters, computed once a call.
#ifndef ELU_SRC_CPU_COEFFICIENTS_H_
#define ELU_SRC_CPU_COEFFICIENTS_H_

#include "elu/elu.h"
#include "src/cpu/format.h"

namespace elu::cpu {

// The sum of two doubles, high being the sum rounded to double.
struct TwoDoubles {
  double high, low;
};

// The same with three: enough for the product of three parameters, 159 bits.
struct ThreeDoubles {
  double high, middle, low;
};

struct Coefficients {
  double scale, input_scale;
  TwoDoubles limit;        // scale * alpha: exact
  ThreeDoubles slope;      // scale * alpha * input_scale: relative error below 2^-157
  ThreeDoubles curvature;  // scale * alpha * input_scale^2: relative error below 2^-155
  double lowest_output;    // -scale * alpha, correctly rounded: where the gradient from the output ends
};

// A function of x: above for x > 0;  factor * exp(input_scale * x) for x <= 0. All derivatives are of this form.
struct Exponential {
  double above;
  ThreeDoubles factor;
  double input_scale;
};

// f'(x) = scale for x > 0;  scale * alpha * input_scale * exp(input_scale * x) for x <= 0.
inline Exponential DerivativeOf(const Coefficients& c) { return {c.scale, c.slope, c.input_scale}; }

// f''(x) = 0 for x > 0;  scale * alpha * input_scale^2 * exp(input_scale * x) for x <= 0.
inline Exponential SecondDerivativeOf(const Coefficients& c) { return {0.0, c.curvature, c.input_scale}; }

// exp(x) for x <= 0, the lower part of plus_one.
inline Exponential PlusOneBelow() { return {0.0, {1.0, 0.0, 0.0}, 1.0}; }

// What an op is compiled for.
enum class Parameters { kUnit, kAny };  // kUnit: alpha = scale = input_scale = 1
enum class InputScale { kUnit, kAny };  // kUnit: input_scale = 1

// Whether v lies in [1 / range, range], for a power of two; not for NaN.
inline bool Within(double v, double range) { return v >= 1 / range && v <= range; }

// At alpha = scale = input_scale = 1, in every format.
inline constexpr Coefficients kUnitCoefficients = {1.0, 1.0, {1.0, 0.0}, {1.0, 0.0, 0.0}, {1.0, 0.0, 0.0}, -1.0};

// What a pointer of the C ABI stands for: NULL is ELU with alpha 1.
inline constexpr elu_params kElu = {1.0, 1.0, 1.0};
inline const elu_params& OrElu(const elu_params* p) { return p != nullptr ? *p : kElu; }

// Whether elu_params in elu.h admits the parameters: input_scale > 0, and each product 0 or within [2^-100, 2^100].
bool Admitted(const elu_params& params);

// Whether the sign of f(x) tells the branch, which the gradients from the output need.
bool OutputTellsBranch(const elu_params& params);

// For results of the format.
Coefficients MakeCoefficients(const elu_params& params, const Format& format);

}  // namespace elu::cpu

#endif  // ELU_SRC_CPU_COEFFICIENTS_H_
