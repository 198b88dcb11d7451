// The numbers of the kernels. scripts/constants/expm1.py makes those marked "script"; a test reruns it and compares.
#ifndef ELU_SRC_CPU_CONSTANTS_H_
#define ELU_SRC_CPU_CONSTANTS_H_

namespace elu::cpu {

// Argument reduction: z = k ln 2 + r with |r| <= ln(2)/2.
inline constexpr double kLog2E = 0x1.71547652b82fep+0;  // script: 1 / ln 2

// Adding this leaves k + 1023, the biased exponent of 2^k, in the low bits of the sum.
//   choice: 1.5 * 2^52 puts the units of k into the last bit for |k| < 2^51
inline constexpr double kRoundToExponent = 0x1.80000000003ffp+52;

// ln 2 in parts. The first two have 40 bits, so that k * part is exact for |k| < 2^13.
inline constexpr double kLn2High = 0x1.62e42fefa2000p-1;    // script: the leading 40 bits
inline constexpr double kLn2Low = 0x1.9ef35793c7673p-41;    // script: what is left, as one double
inline constexpr double kLn2Middle = 0x1.9ef35793c6000p-41; // script: the leading 40 bits of what is left
inline constexpr double kLn2Rest = 0x1.673007e5ed5e8p-81;   // script: what is left then

// Below this z every result has reached its limit, or zero: in binary32 and narrower, and in binary64.
//   source: |ddx * dy * curvature| < 2^356, and 2^356 e^z < 2^-150 for z < -350.8; in binary64 2^2148, 2^-1075, -2234
//   choice: -400, where 2^k is a normal double; -2300, where k ln 2 is still reduced exactly
inline constexpr double kLowestExponent = -400.0;
inline constexpr double kLowestExponentOfDoubles = -2300.0;

// q in expm1(r) = r + r^2 q(r): least relative error of the whole, for |r| <= ln(2)/2 (1 + 2^-20).
inline constexpr double kExpm1[] = {  // script
    0x1.fffffffff7c1dp-2,  0x1.55555555671f0p-3,  0x1.555555731e905p-5,  0x1.111110e143762p-7,
    0x1.6c164fdaf467bp-10, 0x1.a01a7d2ad141ep-13, 0x1.a15838ef36816p-16, 0x1.71e943349d6bep-19,
};
inline constexpr double kExpm1LogError = -0x1.5c147ae147ae1p+5;  // script: log2 of that error, rounded up: -43.51

// The same in floats, for forward in the fast mode: ln 2 in parts, and q of degree 5.
inline constexpr float kFastLn2High = 0x1.62e4300000000p-1f;   // script: ln 2 as a float
inline constexpr float kFastLn2Low = -0x1.05c6100000000p-29f;  // script: what is left
inline constexpr float kFastExpm1[] = {  // script
    0x1.0000000000000p-1f, 0x1.5555540000000p-3f, 0x1.5554b20000000p-5f, 0x1.11118a0000000p-7f,
    0x1.6d71e60000000p-10f, 0x1.a032be0000000p-13f,
};
inline constexpr double kFastExpm1LogError = -0x1.ff5c28f5c28f6p+4;  // script: log2 of the error, rounded up: -31.96

// The counterpart of kRoundToExponent, and of kLowestExponent: there e^z is below half an ulp of 1, and 2^k is normal.
inline constexpr float kFastRoundToExponent = 0x1.8000fep+23f;
inline constexpr float kFastLowestExponent = -87.0F;

// For |z| below this, expm1(z) is z with a relative error of half of it, an eighth of an ulp.
inline constexpr float kFastTiny = 0x1p-26f;

// A bound for the relative error of every `Approximate` in elu-inl.h.
//   source: 2^-43.51 for the polynomial; the rounding of z, at most 2^-44.5; 12 roundings of 2^-53 (docs/numerics.md)
//   check:  kernel_error_test measures 2^-43.5
inline constexpr double kApproximateError = 0x1.4p-43;

// The same for the 16-bit types, of degrees 3 and 4.
inline constexpr float kExp3[] = {  // script
    0x1.fffe700000000p-2f, 0x1.5556320000000p-3f, 0x1.5705240000000p-5f, 0x1.1138d20000000p-7f,
};
inline constexpr float kExp4[] = {  // script
    0x1.fffffe0000000p-2f, 0x1.5554b00000000p-3f, 0x1.5556740000000p-5f, 0x1.1227680000000p-7f, 0x1.6bec080000000p-10f,
};
inline constexpr double kExp3LogError = -0x1.5147ae147ae14p+4;  // script: log2 of the error, rounded up: -21.08
inline constexpr double kExp4LogError = -0x1.a2b851eb851ecp+4;  // script: the same: -26.17

// Below this z, e^z - 1 is -1 in float.
//   choice: e^-32 < 2^-46, and 2^k is far from underflow
inline constexpr float kHalfSaturated = -32.0F;

// Below this z, e^z is 0 in 16 bits.
//   source: half the smallest bfloat16 is 2^-134 = e^-92.88...
//   choice: -100, where k + 64 is still an exponent of float
inline constexpr float kHalfLowestExponent = -100.0F;

// Below this z, 2^k times a parameter may be subnormal in float.
//   choice: k >= -116 above it, and the parameter at least 2^-8
inline constexpr float kHalfLowestTested = -80.0F;

// 1/2!, 1/3!, ... 1/22!, and the second halves of those that are used in two parts.
//   choice: the first term left out, r^22/23!, is below 2^-107 of the result
inline constexpr double kInverseFactorial[] = {  // script
    0x1.0000000000000p-1,  0x1.5555555555555p-3,  0x1.5555555555555p-5,  0x1.1111111111111p-7,
    0x1.6c16c16c16c17p-10, 0x1.a01a01a01a01ap-13, 0x1.a01a01a01a01ap-16, 0x1.71de3a556c734p-19,
    0x1.27e4fb7789f5cp-22, 0x1.ae64567f544e4p-26, 0x1.1eed8eff8d898p-29, 0x1.6124613a86d09p-33,
    0x1.93974a8c07c9dp-37, 0x1.ae7f3e733b81fp-41, 0x1.ae7f3e733b81fp-45, 0x1.952c77030ad4ap-49,
    0x1.6827863b97d97p-53, 0x1.2f49b46814157p-57, 0x1.e542ba4020225p-62, 0x1.71b8ef6dcf572p-66,
    0x1.0ce396db7f853p-70,
};
inline constexpr double kInverseFactorialLow[] = {  // script
    0x0.0p+0,               0x1.5555555555555p-57, 0x1.5555555555555p-59,  0x1.1111111111111p-63,
    -0x1.f49f49f49f49fp-65, 0x1.a01a01a01a01ap-73, 0x1.a01a01a01a01ap-76,  -0x1.c154f8ddc6c00p-73,
    0x1.cbbc05b4fa99ap-76,  -0x1.c062e06d1f209p-80, -0x1.2aec959e14c06p-83, 0x1.f28e0cc748ebep-87,
};

// The index of the last of them that the series of doubles takes, 1/15!.
//   choice: the first one left out, r^15/16!, is below 2^-66.9 of the result
inline constexpr int kLastForDoubles = 13;

// A bound for the relative error of every `Precise` in elu-inl.h.
//   source: docs/numerics.md, "The slow path"
//   check:  kernel_error_test measures 2^-104.1
inline constexpr double kPreciseError = 0x1p-101;

// Where `Precise` takes the result for its bound, changed a little.
//   source: a change of c with a relative error of 2^-51 leaves c 2^-51, at most kPreciseError
//   choice: |z| < 2^-52 changes |slope * x| by less than 2^-53; z < -37 changes |limit| by less than 2^-53.3
//   check:  kernel_error_test, on both sides
inline constexpr double kTiny = 0x1p-52;
inline constexpr double kSaturated = -37.0;

}  // namespace elu::cpu

#endif  // ELU_SRC_CPU_CONSTANTS_H_
