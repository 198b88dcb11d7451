// The choices of the ops of floats: ranges, thresholds and bounds of errors.
#ifndef ELU_SRC_CPU_FLOAT32_CONSTANTS_H_
#define ELU_SRC_CPU_FLOAT32_CONSTANTS_H_

namespace elu::cpu {

// A bound for the relative error of every quick `Approximate`, 2^-40, in units in the last place of double: 2^-53 of a
// number next to the power of 2 above it.
//   source: 2^-41.13 for the polynomial with the table, 2^-43.51 without; k ln 2 rounded at z = -400, and the rounding
//           of its factor, 2^-43.8; 12 roundings of 2^-53
//   check:  kernel_error_test measures 2^-41.13
inline constexpr unsigned kQuickErrorInUlps = 1 << 13;

// For |z| below this expm1(z) is z rounded to float.
//   source: it is z (1 - |z|/2 + ...), and a quarter of an ulp is 2^-26 z at least
inline constexpr double kQuickTiny = 0x1p-26;

// What is smaller becomes 0 as a float, its error included.
//   source: half the smallest float is 2^-150
inline constexpr double kQuickUnderflow = 0x1p-151;

// From this number of elements on a call looks whether its products meet ties.
//   choice: it takes 30 ns, and the rest of the call a microsecond
inline constexpr unsigned kManyProducts = 2048;

// Below this z the fast forward takes e^z for 0.
//   source: e^-20 is below 1/4 ulp of 1
inline constexpr float kFastSaturated = -20.0F;

// The exponentials of the fast mode are computed 2^66 times as large, so that only the last operation, which undoes
// that, may underflow: factor * 2^k / kFastUnlift is normal down to 2^(kFastLowestPower). Times a dy up to
// kFastLargestFactor:
//   source: no overflow: factor <= 2^24, so that 2^24 2^66 2^36 = 2^126 is the largest product
//           nothing lost: below, factor * 2^k * dy <= 2^(-190 + 1 + 36) is less than half the smallest float, 2^-150
inline constexpr float kFastUnlift = 0x1p-66F;
inline constexpr int kFastLowestPower = -190;
inline constexpr float kFastLargestFactor = 0x1p+36F;

}  // namespace elu::cpu

#endif  // ELU_SRC_CPU_FLOAT32_CONSTANTS_H_
