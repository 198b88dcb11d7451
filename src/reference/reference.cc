#include "reference/reference.h"

#include <cmath>
#include <limits>

#include "reference/exact.h"
#include "reference/pair.h"

namespace elu::reference {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

// std::exp and std::expm1 of glibc are within 1 ulp; the argument and at most five products add 2^-53 each; in exp the
// argument's weighs |z| times as much, which is added there.
constexpr double kDoubleError = 0x1p-49;

// Relative error of the two-double stages: terms left out below 2^-110, fewer than 8 roundings of 2^-104, and that of
// the change, four roundings of its own and its factor's.
constexpr double kPairError = 0x1p-100, kChangeError = 0x1p-50;

// |z| below which 1 + z/2 + z^2/6 is expm1(z)/z to 2^-112, and z below which e^z counts as one double's correction.
constexpr double kTiny = 0x1p-37, kSaturated = -40.0;

// |dy * slope| < 2^128 2^100, and 2^228 e^z < 2^-150, half the smallest float, for all z below this.
constexpr double kUnderflow = -263.0;

float ProductOf(double a, double b) {
  if (a == 1.0) return static_cast<float>(b);
  if (const auto product = Round(a * b, 0x1p-52)) return *product;
  return exact::Product(a, b);
}

// A product of parameters in two doubles, and whether that is all of it.
struct ParameterProduct {
  Pair value;
  bool exact;

  ParameterProduct operator*(double b) const {
    if (b == 1.0) return *this;  // exact even where value has two parts
    return {Product(value, b), exact && value.low == 0.0};
  }
};

// product * (1 + change), -1/2 < change < 0. An exact product is a number of 106 bits, so no tie lies between it and
// a value closer than 2^-108: there the rest of the value only tells that it stays below the product.
std::optional<float> RoundChanged(const ParameterProduct& product, double change) {
  const Pair p = product.value;
  if (product.exact && change > -0x1p-108) return Round(Pair{p.high, p.low != 0.0 ? p.low : -p.high * 0x1p-200}, 0.0);
  const Pair sum = Sum(p.high, p.high * change);
  return Round(Sum(sum.high, sum.low + p.low), kPairError + std::fabs(change) * kChangeError);
}

ParameterProduct Limit(const elu_params& p) { return {Product(p.scale, p.alpha), true}; }

std::optional<float> ForwardInPairs(float x, double z, const elu_params& p) {
  if (z < kSaturated) return RoundChanged({Product(-p.scale, p.alpha), true}, -std::exp(z));
  if (z > -kTiny) return RoundChanged(Limit(p) * p.input_scale * x, z / 2.0 * (1.0 + z / 3.0));
  return std::nullopt;
}

std::optional<float> SlopeInPairs(float dy, double z, const elu_params& p) {
  if (z > -kTiny) return RoundChanged(Limit(p) * p.input_scale * dy, z * (1.0 + z / 2.0));
  return std::nullopt;
}

float BelowZero(float x, const elu_params& p) {
  const double z = p.input_scale * x;
  if (const auto y = Round(p.scale * p.alpha * std::expm1(z), kDoubleError)) return *y;
  if (const auto y = ForwardInPairs(x, z, p)) return *y;
  return exact::BelowZero(x, p);
}

// dy * scale * alpha * input_scale * exp(input_scale * x), dy finite and not 0, -inf < x < 0
float SlopeBelowZero(float dy, float x, const elu_params& p) {
  const double z = p.input_scale * x;
  const double slope = p.scale * p.alpha * p.input_scale;
  if (z < kUnderflow) return static_cast<float>(std::copysign(0.0, slope * dy));
  const double error = kDoubleError + std::fabs(z) * 0x1p-52;
  if (const auto dx = Round(slope * std::exp(z) * dy, error)) return *dx;
  if (const auto dx = SlopeInPairs(dy, z, p)) return *dx;
  return exact::SlopeBelowZero(dy, x, p);
}

// dy * input_scale * (y + scale * alpha), dy finite and not 0, y between the limit and 0
float SlopeFromOutput(float dy, float y, const elu_params& p) {
  const Pair limit = Product(p.scale, p.alpha);
  const Pair sum = Sum(y, limit.high);
  if (const auto dx = Round((sum.high + (sum.low + limit.low)) * p.input_scale * dy, kDoubleError)) return *dx;
  return exact::SlopeFromOutput(dy, y, p);
}

// The IEEE product where the exact one is nothing new: 0, infinite or NaN.
bool Ordinary(double dy, double slope) { return std::isfinite(dy) && dy != 0.0 && slope != 0.0; }

// -scale * alpha rounded
float LowestOutput(const elu_params& p) { return ProductOf(-p.scale, p.alpha); }

}  // namespace

float Forward(float x, const elu_params& p) {
  if (std::isnan(x)) return x;
  if (x > 0.0F) return std::isinf(x) || p.scale == 0.0 ? static_cast<float>(p.scale * x) : ProductOf(p.scale, x);
  if (x == -kInfinity) return LowestOutput(p);
  if (x == 0.0F || p.scale * p.alpha == 0.0) return static_cast<float>(p.scale * p.alpha * p.input_scale * x);
  return BelowZero(x, p);
}

float Backward(float dy, float x, const elu_params& p) {
  const double slope = x > 0.0F ? p.scale : x == -kInfinity ? 0.0 * p.scale * p.alpha : p.scale * p.alpha * p.input_scale;
  if (std::isnan(x)) return x;
  if (!Ordinary(dy, slope)) return static_cast<float>(dy * slope);
  if (x > 0.0F) return ProductOf(p.scale, dy);
  return x == 0.0F ? exact::SlopeBelowZero(dy, x, p) : SlopeBelowZero(dy, x, p);
}

float Derivative(float x, const elu_params& p) { return Backward(1.0F, x, p); }

float BackwardFromOutput(float dy, float y, const elu_params& p) {
  if (std::isnan(y)) return y;
  if (y > 0.0F) return Ordinary(dy, p.scale) ? ProductOf(p.scale, dy) : static_cast<float>(dy * p.scale);
  if (y <= LowestOutput(p)) return dy * 0.0F;
  return Ordinary(dy, 1.0) ? SlopeFromOutput(dy, y, p) : dy;
}

float DerivativeFromOutput(float y, const elu_params& p) { return BackwardFromOutput(1.0F, y, p); }

std::size_t MpfrCalls() { return exact::Calls(); }

}  // namespace elu::reference
