// The four formats and the one rounding into them, to nearest with ties to even.
#ifndef ELU_SRC_REFERENCE_FORMAT_H_
#define ELU_SRC_REFERENCE_FORMAT_H_

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

#include "src/reference/pair.h"
#include "src/reference/reference.h"

namespace elu::reference {

// 2^e for -1022 <= e <= 1023
constexpr double PowerOfTwo(int e) { return std::bit_cast<double>(static_cast<std::uint64_t>(e + 1023) << 52); }

// floor(log2(|v|)); for zero and subnormal numbers -1023
inline int ExponentOf(double v) { return static_cast<int>(std::bit_cast<std::uint64_t>(v) >> 52 & 0x7ff) - 1023; }

// `precision` bits; 2^lowest is the smallest number above 0; finite numbers are below 2^limit.
template <int precision, int lowest, int limit>
struct Binary {
  static constexpr bool kNarrow = precision <= 24;  // double is wide enough for a quick first stage
  static constexpr double kLargest = (2.0 - PowerOfTwo(1 - precision)) * PowerOfTwo(limit - 1);

  // |ddx * dy * slope| < 2^(2 limit + 100), so that a product with e^z is below 2^-11 of the smallest number here.
  static constexpr double kUnderflow = -0.6932 * (2 * limit + 100 - lowest + 11);

  // The exponent of one unit in the last place of v, or of v * 2^shift in units of 2^shift.
  static int Unit(double v, int shift = 0) { return std::max(ExponentOf(v) - (precision - 1), lowest - shift); }

  // v rounded, for narrow formats. In 3 * 2^51 units the last bit of a double is one unit.
  static double Round(double v) {
    if constexpr (precision == 24) return static_cast<float>(v);
    const double magic = 1.5 * PowerOfTwo(Unit(v) + 52);
    const double rounded = std::copysign(v + magic - magic, v);
    return std::fabs(rounded) > kLargest ? std::copysign(std::numeric_limits<double>::infinity(), v) : rounded;
  }
};

using Float32 = Binary<24, -149, 128>;
using Float64 = Binary<53, -1074, 1024>;
using Float16 = Binary<11, -24, 16>;
using BFloat16 = Binary<8, -133, 128>;

// The rounded result, if the same for every number within relative error 2^-53 <= `error` of v.
template <class F>
std::optional<Value> Decide(double v, double error) {
  const double low = F::Round(v - v * error), high = F::Round(v + v * error);
  if (low != high) return std::nullopt;
  if (std::isinf(low)) return Value{low, 0.0};
  return Value{low, (v - low) * PowerOfTwo(-F::Unit(low))};
}

// The same for two doubles, not 0; with error 0 they are the exact value.
template <class F>
std::optional<Value> Decide(const Scaled& v, double error) {
  const auto [high, low] = Sum(v.value.high, v.value.low);
  if (ExponentOf(high) + v.exponent < F::Unit(0.0) - 12) return Value{std::copysign(0.0, high), 0.0};
  const int unit = F::Unit(high, v.exponent);
  const double ulp = PowerOfTwo(unit);
  double rounded = unit == ExponentOf(high) - 52 ? high : std::nearbyint(high * PowerOfTwo(-unit)) * ulp;
  const double missing = high - rounded;  // exact; where it is a tie, low decides
  if (std::fabs(missing) == ulp / 2.0 && low != 0.0 && std::signbit(low) == std::signbit(missing)) {
    rounded += 2.0 * missing;
  }
  const double rest = (high - rounded) + low;
  // The next tie is ulp / 2 away; below a power of two ulp / 4. The last factor is for the rounding of `rest`.
  const double gap = high == std::copysign(PowerOfTwo(ExponentOf(high)), high) ? ulp / 4.0 : ulp / 2.0;
  if (error != 0.0 && std::fabs(rest) + std::fabs(high) * error >= gap * (1.0 - 0x1p-50)) return std::nullopt;
  const double result = std::copysign(std::ldexp(rounded, v.exponent), high);
  if (std::fabs(result) > F::kLargest) {
    return Value{std::copysign(std::numeric_limits<double>::infinity(), high), 0.0};
  }
  return Value{result, rest * PowerOfTwo(-F::Unit(rounded, v.exponent))};
}

}  // namespace elu::reference

#endif  // ELU_SRC_REFERENCE_FORMAT_H_
