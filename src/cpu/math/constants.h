// The numbers of mathematics that the kernels need, and the choices of what they share. scripts/constants/expm1.py
// makes the numbers marked "script"; a test reruns it and compares. Choices of one number type stand in its room.
#ifndef ELU_SRC_CPU_MATH_CONSTANTS_H_
#define ELU_SRC_CPU_MATH_CONSTANTS_H_

// The numbers stand in rows: clang-format would give each a line in most tables.
// clang-format off

namespace elu::cpu {

// Argument reduction: z = k ln 2 + r with |r| <= ln(2)/2.
inline constexpr double kLog2E = 0x1.71547652b82fep+0;  // script: 1 / ln 2

// ln 2 as one number, and what the double leaves.
template <class T>
extern const T kLn2;
template <>
inline constexpr double kLn2<double> = 0x1.62e42fefa39efp-1;  // script
template <>
inline constexpr float kLn2<float> = 0x1.62e4300000000p-1f;  // script: its error is 2^-29.0
inline constexpr double kLn2Low = 0x1.abc9e3b39803fp-56;  // script

// ln 2 as a sum: kLn2High + kLn2BelowHigh, or kLn2High + kLn2Middle + kLn2Lowest. High and Middle have 40 bits, so that
// k times one of them is exact for |k| < 2^13.
inline constexpr double kLn2High = 0x1.62e42fefa2000p-1;        // script: the leading 40 bits
inline constexpr double kLn2BelowHigh = 0x1.9ef35793c7673p-41;  // script: what is left, as one double
inline constexpr double kLn2Middle = 0x1.9ef35793c6000p-41;     // script: the leading 40 bits of what is left
inline constexpr double kLn2Lowest = 0x1.673007e5ed5e8p-81;     // script: what is left then

// v + this, for |v| < 2^22 or 2^51, is v rounded to an integer k, plus this: the sum's last bits are k.
//   choice: 1.5 * 2^23 and 1.5 * 2^52 put the units of k into the last bit, for k of both signs
template <class T>
extern const T kRoundToInteger;
template <>
inline constexpr double kRoundToInteger<double> = 0x1.8p+52;
template <>
inline constexpr float kRoundToInteger<float> = 0x1.8p+23f;

// The same, but the last bits are k + 127 or k + 1023, the exponent of 2^k as a number of the type stores it.
template <class T>
extern const T kRoundToExponent;
template <>
inline constexpr double kRoundToExponent<double> = kRoundToInteger<double> + 1023;
template <>
inline constexpr float kRoundToExponent<float> = kRoundToInteger<float> + 127;

// Below this z every result in binary32 and narrower has reached its limit, or zero.
//   source: |ddx * dy * curvature| < 2^356, and 2^356 e^z < 2^-150 for z < -350.8
//   choice: -400, where 2^k is a normal double
inline constexpr double kLowestExponent = -400.0;

// q in expm1(r) = r + r^2 q(r): least relative error of the whole, for |r| <= ln(2)/2 (1 + 2^-20).
inline constexpr double kExpm1[] = {  // script
    0x1.fffffffff7c1dp-2,  0x1.55555555671f0p-3,  0x1.555555731e905p-5,  0x1.111110e143762p-7,
    0x1.6c164fdaf467bp-10, 0x1.a01a7d2ad141ep-13, 0x1.a15838ef36816p-16, 0x1.71e943349d6bep-19,
};
inline constexpr double kExpm1LogError = -0x1.5c147ae147ae1p+5;  // script: log2 of that error, rounded up: -43.51

// The same for |r| <= ln(2)/32 (1 + 2^-20), beside a table of 16 powers of 2.
inline constexpr double kPowersOfTwo[] = {  // script: 2^(j/16)
    0x1.0000000000000p+0, 0x1.0b5586cf9890fp+0, 0x1.172b83c7d517bp+0, 0x1.2387a6e756238p+0,
    0x1.306fe0a31b715p+0, 0x1.3dea64c123422p+0, 0x1.4bfdad5362a27p+0, 0x1.5ab07dd485429p+0,
    0x1.6a09e667f3bcdp+0, 0x1.7a11473eb0187p+0, 0x1.8ace5422aa0dbp+0, 0x1.9c49182a3f090p+0,
    0x1.ae89f995ad3adp+0, 0x1.c199bdd85529cp+0, 0x1.d5818dcfba487p+0, 0x1.ea4afa2a490dap+0,
};
inline constexpr double kTableExpm1[] = {  // script
    0x1.fffffffe5ce1dp-2, 0x1.555555562682ap-3, 0x1.55570a5087061p-5, 0x1.1111404dea3cep-7,
};
inline constexpr double kTableExpm1LogError = -0x1.490a3d70a3d71p+5;  // script: log2 of the error, rounded up: -41.13

// q of the fast mode, in floats. Of degree 4: least error relative to |expm1(r - ln 2)| / 2^-1, and for r < 0 to
// |expm1(r)| too, where it weighs most in forward.
inline constexpr float kFastExpm1[] = {  // script
    0x1.fffff40000000p-2f, 0x1.55548c0000000p-3f, 0x1.555d920000000p-5f, 0x1.123d760000000p-7f, 0x1.674ff40000000p-10f,
};
inline constexpr double kFastExpm1LogError = -0x1.b23d70a3d70a4p+4;  // script: log2 of the error, rounded up: -27.14

// The same of least error relative to e^r, for |r| <= ln(2)/2, and beside tables of 8 and of 16 powers.
inline constexpr float kFastExp1[] = {  // script
    0x1.0000000000000p-1f, 0x1.5555540000000p-3f, 0x1.55548e0000000p-5f, 0x1.1112700000000p-7f,
    0x1.6d8cf40000000p-10f, 0x1.9f08a40000000p-13f,
};
inline constexpr double kFastExp1LogError = -0x1.1147ae147ae14p+5;  // script: log2 of the error, rounded up: -34.16
inline constexpr float kFastExp8[] = {  // script
    0x1.0000000000000p-1f, 0x1.555c760000000p-3f, 0x1.5548420000000p-5f,
};
inline constexpr double kFastExp8LogError = -0x1.03d70a3d70a3dp+5;  // script: the same: -32.48
inline constexpr float kFastExp16[] = {  // script
    0x1.00021e0000000p-1f, 0x1.55559a0000000p-3f,
};
inline constexpr double kFastExp16LogError = -0x1.d3851eb851eb8p+4;  // script: the same: -29.22

// A bound for the relative error of every `Approximate` in careful/ops-inl.h.
//   source: 2^-43.51 for the polynomial; the rounding of z, at most 2^-44.5; 12 roundings of 2^-53 (docs/numerics.md)
//   check:  kernel_error_test measures 2^-43.5
inline constexpr double kApproximateError = 0x1.4p-43;

// q for the 16-bit types, in floats, of degrees 3 and 4: least error relative to expm1.
inline constexpr float kExp3[] = {  // script
    0x1.fffe700000000p-2f, 0x1.5556320000000p-3f, 0x1.5705240000000p-5f, 0x1.1138d20000000p-7f,
};
inline constexpr float kExp4[] = {  // script
    0x1.fffffe0000000p-2f, 0x1.5554b00000000p-3f, 0x1.5556740000000p-5f, 0x1.1227680000000p-7f, 0x1.6bec080000000p-10f,
};
inline constexpr double kExp3LogError = -0x1.5147ae147ae14p+4;  // script: log2 of the error, rounded up: -21.08
inline constexpr double kExp4LogError = -0x1.a2b851eb851ecp+4;  // script: the same: -26.17

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

// A bound for the relative error of every `Precise` in careful/ops-inl.h.
//   source: docs/numerics.md, "The slow path"
//   check:  kernel_error_test measures 2^-104.4
inline constexpr double kPreciseError = 0x1p-101;

// Where `Precise` takes the result for its bound, changed a little.
//   source: a change of c with a relative error of 2^-51 leaves c 2^-51, at most kPreciseError
//   choice: |z| < 2^-52 changes |slope * x| by less than 2^-53; z < -37 changes |limit| by less than 2^-53.3
//   check:  kernel_error_test, on both sides
inline constexpr double kTiny = 0x1p-52;
inline constexpr double kSaturated = -37.0;

// What every second of kPowersOfTwo leaves.
inline constexpr double kPowersOfTwoLow[] = {  // script
    0x0.0p+0,              -0x1.19041b9d78a76p-55, 0x1.6f46ad23182e4p-55, 0x1.d4397afec42e2p-56,
    -0x1.bdd3413b26456p-54, 0x1.6e9f156864b27p-54, 0x1.7a1cd345dcc81p-54, 0x1.2ed02d75b3707p-55,
};

// c in expm1(r) = r + r^2/2 + r^3 c(r): least relative error of the whole for |r| <= ln(2)/8 and ln(2)/16, which tables
// of four and of eight powers leave; and log2 of that error, rounded up.
inline constexpr double kAfterSquareOf4[] = {  // script
    0x1.5555555555556p-3,  0x1.55555555565c5p-5,  0x1.111111110db0cp-7,  0x1.6c16c112dee07p-10,
    0x1.a01a0241d399dp-13, 0x1.a02c38a689c3fp-16, 0x1.71dba51262feap-19,
};
inline constexpr double kAfterSquareOf4LogError = -0x1.e5d70a3d70a3dp+5;  // script: -60.73
inline constexpr double kAfterSquareOf8[] = {  // script
    0x1.55555555555cdp-3,  0x1.555555555549ap-5,  0x1.1111110b24f82p-7,
    0x1.6c16c171fdb34p-10, 0x1.a01f5553fee68p-13, 0x1.a01aa3e10ce09p-16,
};
inline constexpr double kAfterSquareOf8LogError = -0x1.eb851eb851eb8p+5;  // script: -61.44

}  // namespace elu::cpu
// clang-format on

#endif  // ELU_SRC_CPU_MATH_CONSTANTS_H_
