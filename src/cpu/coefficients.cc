#include "cpu/coefficients.h"

#include <cmath>
#include <cstdint>
#include <cstring>

namespace elu::cpu {
namespace {

TwoDoubles Product(double a, double b) {
  const double high = a * b;
  return {high, std::fma(a, b, -high)};
}

// Exact sum for |a| >= |b|.
TwoDoubles FastSum(double a, double b) {
  const double high = a + b;
  return {high, b - (high - a)};
}

// Round to odd in double first, or the tail would be lost where `high` alone is a tie.
float RoundToFloat(TwoDoubles v) {
  std::uint64_t bits;
  std::memcpy(&bits, &v.high, sizeof bits);
  if (v.low != 0.0 && (bits & 1) == 0) bits += std::signbit(v.low) == std::signbit(v.high) ? 1 : -1;
  std::memcpy(&v.high, &bits, sizeof bits);
  return static_cast<float>(v.high);
}

bool ZeroOrModerate(double v) {
  const double magnitude = std::fabs(v);
  return magnitude == 0.0 || (magnitude >= 0x1p-100 && magnitude <= 0x1p+100);  // false for NaN
}

}  // namespace

bool Admitted(const elu_params& params) {
  const double limit = params.scale * params.alpha;
  const double slope = limit * params.input_scale;
  return params.input_scale > 0.0 && ZeroOrModerate(params.input_scale) && ZeroOrModerate(params.scale) &&
         ZeroOrModerate(limit) && ZeroOrModerate(slope) && ZeroOrModerate(slope * params.input_scale);
}

bool OutputTellsBranch(const elu_params& params) { return params.scale > 0.0 && params.alpha >= 0.0; }

Coefficients MakeCoefficients(const elu_params& params) {
  const TwoDoubles limit = Product(params.scale, params.alpha);
  const TwoDoubles leading = Product(limit.high, params.input_scale);
  const TwoDoubles slope = FastSum(leading.high, std::fma(limit.low, params.input_scale, leading.low));
  return {params.scale, params.input_scale, limit, slope, RoundToFloat({-limit.high, -limit.low})};
}

}  // namespace elu::cpu
