#include "src/cpu/coefficients.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

namespace elu::cpu {

namespace {

TwoDoubles Product(double a, double b) {
  const double high = a * b;
  return {high, std::fma(a, b, -high)};
}

TwoDoubles Sum(double a, double b) {
  const double high = a + b, part = high - a;
  return {high, (a - (high - part)) + (b - part)};
}

ThreeDoubles Product(ThreeDoubles a, double b) {
  if (a.high == 0.0) return {a.high * b, 0.0, 0.0};  // the sums below lose the sign of a zero
  const TwoDoubles p = Product(a.high, b), q = Product(a.middle, b);
  const TwoDoubles middle = Sum(p.low, q.high), high = Sum(p.high, middle.high);
  const TwoDoubles rest = Sum(high.low, middle.low + (q.low + a.low * b));
  return {high.high, rest.high, rest.low};
}

// Made odd in its last bit where something follows, so that the next rounding is the only one.
double RoundToOdd(TwoDoubles v) {
  auto bits = std::bit_cast<std::uint64_t>(v.high);
  if (v.low != 0.0 && (bits & 1) == 0) bits = std::signbit(v.low) == std::signbit(v.high) ? bits + 1 : bits - 1;
  return std::bit_cast<double>(bits);
}

double RoundTo(TwoDoubles v, const Format& format) {
  if (format.precision == kFloat64.precision || v.high == 0.0) return v.high;
  constexpr std::uint64_t kExponent = std::uint64_t{0x7ff} << 52;
  const double leading = std::bit_cast<double>(std::bit_cast<std::uint64_t>(v.high) & kExponent);
  const double power = std::max(leading, format.smallest_normal);
  const double shift = power * ShiftFactor(format);
  const double rounded = (RoundToOdd(v) + shift) - shift;
  return std::fabs(rounded) > format.max ? std::copysign(HUGE_VAL, rounded) : rounded;
}

// Most calls are: they need no library function, in whose time they compute a few elements.
bool IsUnit(const elu_params& params) {
  return params.alpha == 1.0 && params.scale == 1.0 && params.input_scale == 1.0;
}

constexpr double kAdmittedRange = 0x1p+100;
bool ZeroOrAdmitted(double v) { return v == 0.0 || Within(std::fabs(v), kAdmittedRange); }

}  // namespace

bool Admitted(const elu_params& params) {
  if (IsUnit(params)) return true;
  const double limit = params.scale * params.alpha;
  const double slope = limit * params.input_scale;
  const bool underflow = limit == 0.0 && params.scale != 0.0 && params.alpha != 0.0;
  return !underflow && params.input_scale > 0.0 && ZeroOrAdmitted(params.input_scale) && ZeroOrAdmitted(params.scale) &&
         ZeroOrAdmitted(limit) && ZeroOrAdmitted(slope) && ZeroOrAdmitted(slope * params.input_scale);
}

bool OutputTellsBranch(const elu_params& params) { return params.scale > 0.0 && params.alpha >= 0.0; }

Coefficients MakeCoefficients(const elu_params& params, const Format& format) {
  if (IsUnit(params)) return kUnitCoefficients;
  const TwoDoubles limit = Product(params.scale, params.alpha);
  const ThreeDoubles slope = Product(ThreeDoubles{limit.high, limit.low, 0.0}, params.input_scale);
  return {params.scale,
          params.input_scale,
          limit,
          slope,
          Product(slope, params.input_scale),
          RoundTo({-limit.high, -limit.low}, format)};
}

}  // namespace elu::cpu
