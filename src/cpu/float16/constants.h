// The choices of the quick ops of the 16-bit types: ranges and thresholds.
#ifndef ELU_SRC_CPU_FLOAT16_CONSTANTS_H_
#define ELU_SRC_CPU_FLOAT16_CONSTANTS_H_

namespace elu::cpu {

// Below this z, e^z - 1 is -1 in float.
//   choice: e^-32 < 2^-46, and 2^k is far from underflow
inline constexpr float kFloat16Saturated = -32.0F;

// For |z| below this, expm1(z) is z with a relative error of half of it, an eighth of a unit.
inline constexpr float kFloat16Tiny = 0x1p-26F;

// Below this z, e^z is 0 in 16 bits.
//   source: half the smallest bfloat16 is 2^-134 = e^-92.88...
//   choice: -100, where k + 64 is still an exponent of float
inline constexpr float kFloat16LowestExponent = -100.0F;

// Below this z, 2^k times a parameter may be subnormal in float.
//   choice: k >= -116 above it, and the parameter at least 2^-8
inline constexpr float kFloat16LowestTested = -80.0F;

}  // namespace elu::cpu

#endif  // ELU_SRC_CPU_FLOAT16_CONSTANTS_H_
