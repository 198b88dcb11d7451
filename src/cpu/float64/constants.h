// The choices of the ops of doubles: ranges, thresholds and bounds of errors.
#ifndef ELU_SRC_CPU_FLOAT64_CONSTANTS_H_
#define ELU_SRC_CPU_FLOAT64_CONSTANTS_H_

namespace elu::cpu {

// Bounds for the errors of the ops of doubles, in ulp: quick ones of forward, quick ones of the rest, careful ones.
//   source: docs/numerics.md, "Doubles"
//   check:  float64_edges_test; elu verify measures 0.5074 for forward at x = -0x1.093fc9453ffap-7, alpha 0.1,
//           input_scale 10, AVX2, and 0.5011 for the rest
inline constexpr double kFloat64ForwardUlps = 0.515;
inline constexpr double kFloat64GradientUlps = 0.502;
inline constexpr double kCarefulUlps = 0.505;

// Below this z = input_scale * x the quick forward op has reached its limit.
//   source: e^-50 < 2^-72
inline constexpr double kFloat64Saturated = -50.0;

// Above this x, but below 0, the quick forward op at alpha = scale = input_scale = 1 takes x itself.
//   source: expm1(x) = x (1 + x/2 + ...)
inline constexpr double kFloat64Tiny = -0x1p-64;

// The quick forward op of other parameters leaves lanes between this x and 0 to the careful op.
//   source: |slope| and input_scale are 2^-100 at least, so that an error term, 2^-106 of a result, is a normal number
inline constexpr double kFloat64Underflow = -0x1p-800;

// The quick ops of gradients leave to the careful op: z below kFloat64LowestExponent, and dy and ddx that are not 0
// and not within [1 / kFloat64LargestFactor, kFloat64LargestFactor].
//   source: with a coefficient within 2^-100 and 2^100 the product lies between 2^-905 and 2^400, its error terms above
//           2^-1022
inline constexpr double kFloat64LowestExponent = -350.0;
inline constexpr double kFloat64LargestFactor = 0x1p+150;

// Above this x, but not above 0, they take e^z for that of this x.
//   source: input_scale is 2^100 at most, so that e^z is 1 with an error below 2^-100
inline constexpr double kFloat64Flat = -0x1p-200;

// Below this z every result has reached its limit, or zero.
//   source: |ddx * dy * curvature| < 2^2148, and 2^2148 e^z < 2^-1075 for z < -2234
//   choice: -2300, where k ln 2 is still reduced exactly
inline constexpr double kFloat64LowestCareful = -2300.0;

// The index of the last of kInverseFactorial that the series of the careful ops takes, 1/15!.
//   choice: the first one left out, r^15/16!, is below 2^-66.9 of the result
inline constexpr int kFloat64LastTerm = 13;

}  // namespace elu::cpu

#endif  // ELU_SRC_CPU_FLOAT64_CONSTANTS_H_
