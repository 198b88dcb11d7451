// The numbers of the kernels. scripts/constants/expm1.py makes those marked "script"; a test reruns it and compares.
#ifndef ELU_SRC_CPU_MATH_CONSTANTS_H_
#define ELU_SRC_CPU_MATH_CONSTANTS_H_

// The numbers stand in rows: clang-format would give each a line in most tables.
// clang-format off

namespace elu::cpu {

// Argument reduction: z = k ln 2 + r with |r| <= ln(2)/2.
inline constexpr double kLog2E = 0x1.71547652b82fep+0;  // script: 1 / ln 2

// Adding this leaves k + 1023, the biased exponent of 2^k, in the low bits of the sum.
//   choice: 1.5 * 2^52 puts the units of k into the last bit for |k| < 2^51
inline constexpr double kRoundToExponent = 0x1.80000000003ffp+52;

inline constexpr double kLn2 = 0x1.62e42fefa39efp-1;  // script: ln 2 as one double

// ln 2 in parts. The first two have 40 bits, so that k * part is exact for |k| < 2^13.
inline constexpr double kLn2High = 0x1.62e42fefa2000p-1;     // script: the leading 40 bits
inline constexpr double kLn2Low = 0x1.9ef35793c7673p-41;     // script: what is left, as one double
inline constexpr double kLn2Middle = 0x1.9ef35793c6000p-41;  // script: the leading 40 bits of what is left
inline constexpr double kLn2Rest = 0x1.673007e5ed5e8p-81;    // script: what is left then

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

// The counterpart of kRoundToExponent that leaves k alone in the low bits of the sum.
inline constexpr double kRoundToInteger = 0x1.8p+52;

// A bound for the relative error of every `Approximate` in quick-inl.h, 2^-40, in units in the last place of double:
// 2^-53 of a number next to the power of 2 above it.
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

// The fast mode's numbers: floats.
inline constexpr float kFastLn2 = 0x1.62e4300000000p-1f;  // script: ln 2 as a float; its error is 2^-29.0

// q as above, of degree 4: least error relative to |expm1(r - ln 2)| / 2^-1, and for r < 0 to |expm1(r)| too, where it
// weighs most in forward.
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

// The counterparts of kRoundToExponent and of kRoundToInteger, and where forward takes e^z for 0: e^-20 is below 1/4
// ulp of 1.
inline constexpr float kFastRoundToExponent = 0x1.8000fep+23f;
inline constexpr float kFastRoundToInteger = 0x1.8p+23f;
inline constexpr float kFastSaturated = -20.0F;

// The exponentials of the fast mode are computed 2^66 times as large, so that only the last operation, which undoes
// that, may underflow: factor * 2^k / kFastUnlift is normal down to 2^(kFastLowestPower). Times a dy up to
// kFastLargestFactor:
//   source: no overflow: factor <= 2^24, so that 2^24 2^66 2^36 = 2^126 is the largest product
//           nothing lost: below, factor * 2^k * dy <= 2^(-190 + 1 + 36) is less than half the smallest float, 2^-150
inline constexpr float kFastUnlift = 0x1p-66F;
inline constexpr int kFastLowestPower = -190;
inline constexpr float kFastLargestFactor = 0x1p+36F;

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

// For |z| below this, expm1(z) is z with a relative error of half of it, an eighth of a unit.
inline constexpr float kHalfTiny = 0x1p-26F;

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
//   check:  kernel_error_test measures 2^-104.4
inline constexpr double kPreciseError = 0x1p-101;

// Where `Precise` takes the result for its bound, changed a little.
//   source: a change of c with a relative error of 2^-51 leaves c 2^-51, at most kPreciseError
//   choice: |z| < 2^-52 changes |slope * x| by less than 2^-53; z < -37 changes |limit| by less than 2^-53.3
//   check:  kernel_error_test, on both sides
inline constexpr double kTiny = 0x1p-52;
inline constexpr double kSaturated = -37.0;

// The quick ops of doubles (float64-quick-inl.h), with a table of powers of two.

// What kLn2 leaves of ln 2.
inline constexpr double kLn2Left = 0x1.abc9e3b39803fp-56;  // script

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

// Bounds for the errors of the ops of doubles, in ulp: quick ones of forward and of the rest, and careful ones.
//   source: docs/numerics.md, "Doubles"
//   check:  float64_edges_test; elu verify measures 0.5074 for forward at x = -0x1.093fc9453ffap-7, alpha 0.1,
//           input_scale 10, AVX2, and 0.5011 for the rest
inline constexpr double kDoubleForwardUlps = 0.515;
inline constexpr double kDoubleGradientUlps = 0.502;
inline constexpr double kCarefulUlps = 0.505;

// Below this z = input_scale * x the quick forward op has reached its limit.
//   source: e^-50 < 2^-72
inline constexpr double kDoubleSaturated = -50.0;

// Above this x, but below 0, the quick forward op at alpha = scale = input_scale = 1 takes x itself.
//   source: expm1(x) = x (1 + x/2 + ...)
inline constexpr double kDoubleTiny = -0x1p-64;

// The quick forward op of other parameters leaves lanes between this x and 0 to the careful op.
//   source: |slope| and input_scale are 2^-100 at least, so that an error term, 2^-106 of a result, is a normal number
inline constexpr double kDoubleUnderflow = -0x1p-800;

// The quick ops of gradients leave to the careful op: z below kDoubleLowestExponent, and dy and ddx that are not 0
// and not within [1 / kDoubleLargestFactor, kDoubleLargestFactor].
//   source: with a coefficient within 2^-100 and 2^100 the product lies between 2^-905 and 2^400, its error terms above
//           2^-1022
inline constexpr double kDoubleLowestExponent = -350.0;
inline constexpr double kDoubleLargestFactor = 0x1p+150;

// Above this x, but not above 0, they take e^z for that of this x.
//   source: input_scale is 2^100 at most, so that e^z is 1 with an error below 2^-100
inline constexpr double kDoubleFlat = -0x1p-200;

}  // namespace elu::cpu
// clang-format on

#endif  // ELU_SRC_CPU_MATH_CONSTANTS_H_
