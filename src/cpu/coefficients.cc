#include "cpu/coefficients.h"

#include <cfloat>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace elu::cpu {

static_assert(FLT_EVAL_METHOD == 0, "doubles must be rounded as doubles: on 32-bit x86 build with -mfpmath=sse");

namespace {

TwoDoubles Product(double a, double b) {
  const double high = a * b;
  return {high, std::fma(a, b, -high)};
}

TwoDoubles Sum(double a, double b) {
  const double high = a + b, part = high - a;
  return {high, (a - (high - part)) + (b - part)};
}

ThreeDoubles Product(TwoDoubles a, double b) {
  const TwoDoubles p = Product(a.high, b), q = Product(a.low, b);
  const TwoDoubles middle = Sum(p.low, q.high), high = Sum(p.high, middle.high);
  const TwoDoubles rest = Sum(high.low, middle.low + q.low);
  return {high.high, rest.high, rest.low};
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
  const bool underflow = limit == 0.0 && params.scale != 0.0 && params.alpha != 0.0;
  return !underflow && params.input_scale > 0.0 && ZeroOrModerate(params.input_scale) && ZeroOrModerate(params.scale) &&
         ZeroOrModerate(limit) && ZeroOrModerate(slope) && ZeroOrModerate(slope * params.input_scale);
}

bool OutputTellsBranch(const elu_params& params) { return params.scale > 0.0 && params.alpha >= 0.0; }

Coefficients MakeCoefficients(const elu_params& params) {
  const TwoDoubles limit = Product(params.scale, params.alpha);
  return {params.scale, params.input_scale, limit, Product(limit, params.input_scale),
          RoundToFloat({-limit.high, -limit.low})};
}

}  // namespace elu::cpu
