// The four formulas of all functions, each in three stages: double, two doubles, MPFR.
#ifndef ELU_SRC_REFERENCE_STAGES_H_
#define ELU_SRC_REFERENCE_STAGES_H_

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "src/reference/exact.h"
#include "src/reference/exponential.h"
#include "src/reference/format.h"
#include "src/reference/pair.h"

namespace elu::reference {

// std::exp and std::expm1 of glibc are within 1 ulp; the argument and at most six products add 2^-53 each; in exp the
// argument's weighs |z| times as much, which is added there.
inline constexpr double kDoubleError = 0x1p-49;

// Relative error of a product of pairs and of the change it is given: terms left out below 2^-110, fewer than 8
// roundings of 2^-103, and that of the change, four roundings of its own and its factor's. (Where the change is e^z,
// z < -40, it has |z| 2^-52 as well, below 2^-104 of the product.)
inline constexpr double kPairError = 0x1p-99, kChangeError = 0x1p-50;

// |z| below which 1 + z/2 + z^2/6 is expm1(z)/z to 2^-112, and z below which e^z counts as one double's correction.
inline constexpr double kTiny = 0x1p-37, kSaturated = -40.0;

// A product in two doubles, the exponents apart, and whether that is all of it.
struct Factored {
  Scaled scaled{{1.0, 0.0}, 0};
  bool exact = true;

  Factored& operator*=(double b) {
    if (b == 1.0) return *this;  // exact even where there are two parts
    int exponent = 0;
    const double factor = std::frexp(b, &exponent);
    exact = exact && scaled.value.low == 0.0;
    scaled = {Product(scaled.value, factor), scaled.exponent + exponent};
    return *this;
  }
};

inline Factored ProductOf(const Factors& factors) {
  Factored product;
  for (const double factor : factors) product *= factor;
  return product;
}

// An exact product a little nearer to 0: on the right side where it is a tie, and moved past none. As a sum of two
// doubles a tie has the second part 0 or a power of two, and a number next to that is no tie.
inline Pair Inward(Pair p) {
  if (p.low == 0.0) return {p.high, -p.high * 0x1p-200};
  int exponent = 0;
  if (std::fabs(std::frexp(p.low, &exponent)) != 0.5) return p;
  return {p.high, std::nextafter(p.low, -std::copysign(1.0, p.high))};
}

// product * (1 + change), -1/2 < change <= 0; the change is 0 only where it is 0 in truth. An exact product is a number
// of 106 bits, so no tie lies between it and a value closer than 2^-108: there the rest of the value only tells that it
// stays below the product.
template <class F>
std::optional<Value> DecideChanged(const Factored& product, double change) {
  const auto [p, exponent] = product.scaled;
  if (product.exact && change > -0x1p-108) return Decide<F>({change < 0.0 ? Inward(p) : p, exponent}, 0.0);
  const Pair sum = Sum(p.high, p.high * change);
  const double error = kPairError + std::fabs(change) * kChangeError;
  return Decide<F>({Sum(sum.high, sum.low + p.low), exponent}, error);
}

// The product of all factors, none of them 0.
template <class F>
Value ProductRounded(const Factors& f) {
  if constexpr (F::kNarrow) {
    if (const auto v = Decide<F>(f[0] * f[1] * f[2] * f[3] * (f[4] * f[5]), kDoubleError)) return *v;
  }
  if (const auto v = DecideChanged<F>(ProductOf(f), 0.0)) return *v;
  return *Decide<F>(exact::Product(f), 0.0);
}

template <class F>
std::optional<Value> BelowZeroInPairs(double x, const elu_params& p) {
  const double smallest = std::numeric_limits<double>::min(), z = std::min(p.input_scale * x, -smallest);
  Factored product = ProductOf({p.scale, p.alpha, 1, 1, 1, 1});
  if (z < kSaturated) return DecideChanged<F>(product *= -1.0, -std::max(std::exp(z), smallest));
  if (z > -kTiny) {
    return DecideChanged<F>((product *= p.input_scale) *= x, std::min(z / 2.0 * (1.0 + z / 3.0), -smallest));
  }
  const Pair value = Product(product.scaled.value, Expm1(Product(p.input_scale, x)));
  return Decide<F>({value, product.scaled.exponent}, Expm1Error(z));
}

// scale * alpha * expm1(input_scale * x), -inf < x < 0, scale * alpha not 0
template <class F>
Value BelowZero(double x, const elu_params& p) {
  if constexpr (F::kNarrow) {
    if (const auto y = Decide<F>(p.scale * p.alpha * std::expm1(p.input_scale * x), kDoubleError)) return *y;
  }
  if (const auto y = BelowZeroInPairs<F>(x, p)) return *y;
  return *Decide<F>(exact::BelowZero(x, p), 0.0);
}

template <class F>
std::optional<Value> SlopeInPairs(double x, double input_scale, const Factors& factors) {
  const Factored product = ProductOf(factors);
  const double smallest = std::numeric_limits<double>::min();
  if (x == 0.0) return DecideChanged<F>(product, 0.0);
  const double z = std::min(input_scale * x, -smallest);
  if (z > -kTiny) return DecideChanged<F>(product, std::min(z * (1.0 + z / 2.0), -smallest));
  const Scaled e = Exp(Product(input_scale, x));
  return Decide<F>({Product(product.scaled.value, e.value), product.scaled.exponent + e.exponent}, kExpError);
}

// factors * exp(input_scale * x), -inf < x <= 0, no factor infinite or 0
template <class F>
Value SlopeBelowZero(double x, double input_scale, const Factors& f) {
  const double z = input_scale * x;
  if constexpr (F::kNarrow) {
    const double slope = f[0] * f[1] * f[2] * f[3], error = kDoubleError + std::fabs(z) * 0x1p-52;
    if (z < F::kUnderflow) return {std::copysign(0.0, slope * (f[4] * f[5])), 0.0};
    if (const auto dx = Decide<F>(slope * std::exp(z) * (f[4] * f[5]), error)) return *dx;
  } else if (z < F::kUnderflow) {
    return {std::copysign(0.0, ProductOf(f).scaled.value.high), 0.0};
  }
  if (const auto dx = SlopeInPairs<F>(x, input_scale, f)) return *dx;
  return *Decide<F>(exact::SlopeBelowZero(x, input_scale, f), 0.0);
}

// dy * input_scale * (y + scale * alpha), -scale * alpha < y <= 0, dy finite and not 0. Three doubles are added: unless
// y cancels most of the limit, where the first sum is exact, what the last addition drops is below 2^-104 of the whole.
template <class F>
Value SlopeFromOutput(double dy, double y, const elu_params& p) {
  const Pair limit = Product(p.scale, p.alpha), most = Sum(y, limit.high), low = Sum(most.low, limit.low);
  if constexpr (F::kNarrow) {
    if (const auto dx = Decide<F>((most.high + low.high) * p.input_scale * dy, kDoubleError)) return *dx;
  }
  const Pair sum = Sum(most.high, low.high);
  Factored product{{Sum(sum.high, sum.low + low.low), 0}, low.low == 0.0};
  product *= p.input_scale;
  product *= dy;
  if (const auto dx = DecideChanged<F>(product, 0.0)) return *dx;
  return *Decide<F>(exact::SlopeFromOutput(dy, y, p), 0.0);
}

}  // namespace elu::reference

#endif  // ELU_SRC_REFERENCE_STAGES_H_
