/// elu's number types of 16 bits, its parameters and accuracies, for C++20.
#ifndef ELU_TYPES_HPP_
#define ELU_TYPES_HPP_

#include "elu/detail/cxx20.hpp"  // first: says what is missing

#include <bit>
#include <cstdint>

#include "elu/elu.h"

namespace elu {

/// f(x) = scale * x for x > 0; scale * alpha * (exp(input_scale * x) - 1) for x <= 0. Admitted values: see elu_params.
struct Params {
  double alpha = 1.0;        ///< of the branch below 0; -scale * alpha is the limit of f
  double scale = 1.0;        ///< of both branches
  double input_scale = 1.0;  ///< of x below 0
};

/// SELU: keeps mean 0 and variance 1 through layers (Klambauer, Unterthiner, Mayr, Hochreiter, NeurIPS 2017).
inline Params selu() { return {1.6732632423543772848170429916717, 1.0507009873554804934193349852946, 1.0}; }

/// CELU: max(x, 0) + min(0, alpha (exp(x / alpha) - 1)), smooth at 0 for every alpha (Barron, 2017).
inline Params celu(double alpha) { return {alpha, 1.0, 1.0 / alpha}; }

/// What is promised of a result: see elu_accuracy.
enum class Accuracy {
  accurate = ELU_ACCURATE,  ///< correctly rounded; double within 0.52 ulp
  fast = ELU_FAST           ///< float: within 1 ulp at alpha 1, 2 ulp else; the other types as accurate
};

/// IEEE binary16, as stored: 1 bit of sign, 5 of exponent, 10 of significand.
struct float16 {
  std::uint16_t bits = 0;  ///< as stored

  constexpr float16() = default;  ///< +0
  /// To nearest, ties to even; from 65520 on infinity; NaN stays NaN. Not from double, which float would round first.
  explicit constexpr float16(float value);
  explicit float16(double) = delete;
  /// Exact.
  constexpr operator float() const;

  /// The number that is stored as these bits.
  static constexpr float16 from_bits(std::uint16_t bits) {
    float16 result;
    result.bits = bits;
    return result;
  }
};

/// bfloat16, as stored: the upper half of a float.
struct bfloat16 {
  std::uint16_t bits = 0;  ///< as stored

  constexpr bfloat16() = default;  ///< +0
  /// To nearest, ties to even; NaN stays NaN. Not from double, which float would round first.
  explicit constexpr bfloat16(float value);
  explicit bfloat16(double) = delete;
  /// Exact.
  constexpr operator float() const { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }

  /// The number that is stored as these bits.
  static constexpr bfloat16 from_bits(std::uint16_t bits) {
    bfloat16 result;
    result.bits = bits;
    return result;
  }
};

static_assert(sizeof(float16) == 2 && sizeof(bfloat16) == 2);

namespace detail {

// bits / 2^shift, to nearest with ties to even.
constexpr std::uint32_t RoundedShift(std::uint32_t bits, int shift) {
  const std::uint32_t odd = (bits >> shift) & 1U, half = 1U << (shift - 1);
  return (bits + half - 1U + odd) >> shift;
}

constexpr std::uint16_t Float16Bits(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t sign = bits >> 16 & 0x8000U, magnitude = bits & 0x7fffffffU;
  const auto exponent = static_cast<int>(magnitude >> 23);  // biased by 127, in binary16 by 15
  std::uint32_t half = 0;
  if (magnitude > 0x7f800000U) {
    half = 0x7e00U;
  } else if (exponent >= 127 + 16) {
    half = 0x7c00U;
  } else if (exponent >= 127 - 14) {
    half = RoundedShift(magnitude - (112U << 23), 13);  // may carry into infinity, as it should
  } else if (exponent >= 127 - 25) {
    half = RoundedShift((magnitude & 0x7fffffU) | 0x800000U, 126 - exponent);  // subnormal: units of 2^-24
  }
  return static_cast<std::uint16_t>(sign | half);
}

constexpr float Float16Value(std::uint16_t bits) {
  const std::uint32_t sign = (bits & 0x8000U) << 16, magnitude = bits & 0x7fffU;
  if (magnitude < 0x400U) {  // subnormal
    const auto value = std::bit_cast<std::uint32_t>(static_cast<float>(magnitude) * 0x1p-24F);
    return std::bit_cast<float>(sign | value);  // not -value: -ffast-math of a consumer may drop the sign of zero
  }
  const std::uint32_t rebias = magnitude < 0x7c00U ? 112U : 224U;  // infinity and NaN move to float's last exponent
  return std::bit_cast<float>(sign | ((magnitude << 13) + (rebias << 23)));
}

constexpr std::uint16_t BFloat16Bits(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const bool nan = (bits & 0x7fffffffU) > 0x7f800000U;
  return static_cast<std::uint16_t>(nan ? bits >> 16 | 0x40U : RoundedShift(bits, 16));
}

}  // namespace detail

constexpr float16::float16(float value) : bits(detail::Float16Bits(value)) {}
constexpr float16::operator float() const { return detail::Float16Value(bits); }
constexpr bfloat16::bfloat16(float value) : bits(detail::BFloat16Bits(value)) {}

}  // namespace elu

#endif  // ELU_TYPES_HPP_
