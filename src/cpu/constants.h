// The numbers of the kernels. scripts/constants/expm1.py makes those marked "script"; a test reruns it and compares.
#ifndef ELU_SRC_CPU_CONSTANTS_H_
#define ELU_SRC_CPU_CONSTANTS_H_

namespace elu::cpu {

// Argument reduction: z = k ln 2 + r with |r| <= ln(2)/2.
inline constexpr double kLog2E = 0x1.71547652b82fep+0;  // script: 1 / ln 2

// Adding this leaves k + 1023, the biased exponent of 2^k, in the low bits of the sum.
//   choice: 1.5 * 2^52 puts the units of k into the last bit for |k| < 2^51
inline constexpr double kRoundToExponent = 0x1.80000000003ffp+52;

// ln 2 in parts. The first two have 42 bits, so that k * part is exact for |k| < 2^11.
inline constexpr double kLn2High = 0x1.62e42fefa3800p-1;    // script: the leading 42 bits
inline constexpr double kLn2Low = 0x1.ef35793c76730p-45;    // script: what is left, as one double
inline constexpr double kLn2Middle = 0x1.ef35793c76000p-45; // script: the leading 42 bits of what is left
inline constexpr double kLn2Rest = 0x1.cc01f97b57a08p-87;   // script: what is left then

// Below this z every result of ours has reached its limit, or zero, in binary32.
//   source: |dy * scale * alpha * input_scale| < 2^228, and 2^228 e^z < 2^-150 for z < -262.01
//   choice: -300, where k ln 2 is still reduced exactly and 2^k is a normal double
inline constexpr double kLowestExponent = -300.0;

// q in expm1(r) = r + r^2 q(r): least relative error of the whole, for |r| <= ln(2)/2 (1 + 2^-20).
inline constexpr double kExpm1[] = {  // script
    0x1.fffffffff7c1dp-2,  0x1.55555555671f0p-3,  0x1.555555731e905p-5,  0x1.111110e143762p-7,
    0x1.6c164fdaf467bp-10, 0x1.a01a7d2ad141ep-13, 0x1.a15838ef36816p-16, 0x1.71e943349d6bep-19,
};
inline constexpr double kExpm1LogError = -0x1.5c147ae147ae1p+5;  // script: log2 of that error, rounded up: -43.51

// A bound for the relative error of every `Approximate` in elu-inl.h.
//   source: 2^-43.51 for the polynomial; the rounding of z, at most 2^-44.9; 12 roundings of 2^-53 (docs/numerics.md)
//   check:  kernel_error_test measures 2^-43.5
inline constexpr double kApproximateError = 0x1.4p-43;

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
