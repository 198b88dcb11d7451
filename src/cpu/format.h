// The binary formats that results are rounded to.
#ifndef ELU_SRC_CPU_FORMAT_H_
#define ELU_SRC_CPU_FORMAT_H_

#include "src/cpu/ieee754.h"

namespace elu::cpu {

struct Format {
  int precision;           // bits of a significand, the leading one included
  double smallest_normal;  // smaller numbers keep its last bit
  double max;              // the largest finite number
};

inline constexpr Format kFloat32 = {24, 0x1p-126, 0x1.fffffep+127};
inline constexpr Format kFloat64 = {53, 0x1p-1022, 0x1.fffffffffffffp+1023};
inline constexpr Format kFloat16 = {11, 0x1p-14, 0x1.ffcp+15};
inline constexpr Format kBFloat16 = {8, 0x1p-126, 0x1.fep+127};

// (v + s) - s with s = this * 2^exponent(v), and not below this * smallest_normal, rounds v to the format: the sum
// leaves no bits below the format's last one.
constexpr double ShiftFactor(const Format& format) {
  return 1.5 * static_cast<double>(1LL << (kFloat64.precision - format.precision));
}

}  // namespace elu::cpu

#endif  // ELU_SRC_CPU_FORMAT_H_
