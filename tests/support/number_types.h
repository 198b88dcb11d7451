// The number types of elu.h, for tests that hold for all of them.
#ifndef ELU_TESTS_SUPPORT_NUMBER_TYPES_H_
#define ELU_TESTS_SUPPORT_NUMBER_TYPES_H_

#include <bit>
#include <cmath>
#include <cstdint>
#include <random>
#include <span>
#include <type_traits>
#include <vector>

#include "elu/types.hpp"
#include "src/functions.h"
#include "src/reference/reference.h"

namespace elu::tests {

// T is what elu.h's functions take; Number what it stands for, convertible to and from float or double.
template <class T_, class Number_>
struct NumberType {
  using T = T_;
  using Number = Number_;
  using Bits = std::conditional_t<sizeof(T) == 8, std::uint64_t, std::conditional_t<sizeof(T) == 4, std::uint32_t, T_>>;

  const char* name;  // as in --dtype
  reference::Format format;
  Call<T> Function::*call;
  double smallest_normal;

  static double ToDouble(T v) {
    if constexpr (std::is_floating_point_v<T>) return static_cast<double>(v);
    else return static_cast<double>(static_cast<float>(Number::from_bits(v)));
  }
  // v rounded to the type, by way of float for those narrower than that.
  static T FromDouble(double v) {
    if constexpr (std::is_floating_point_v<T>) return static_cast<T>(v);
    else return Number(static_cast<float>(v)).bits;
  }
  static bool Same(T a, T b) {
    const double x = ToDouble(a), y = ToDouble(b);
    return std::bit_cast<Bits>(a) == std::bit_cast<Bits>(b) || (std::isnan(x) && std::isnan(y));
  }
  static bool Same(std::span<const T> a, std::span<const T> b) {
    bool same = a.size() == b.size();
    for (std::size_t i = 0; same && i < a.size(); ++i) same = Same(a[i], b[i]);
    return same;
  }

  // Ordinary numbers, all bit patterns, and numbers near zero that the slow path must decide, mixed.
  static std::vector<T> Mixed(std::size_t n, unsigned seed) {
    std::mt19937_64 generator(seed);
    std::normal_distribution<double> normal;
    std::vector<T> x(n);
    for (std::size_t i = 0; i < n; ++i) {
      auto bits = static_cast<Bits>(generator());
      constexpr auto kTop = static_cast<Bits>(Bits{1} << (8 * sizeof(T) - 2));  // the exponent's upper bit
      if (i % 3 == 2) bits = static_cast<Bits>(bits & ~kTop & ~(kTop >> 1));
      x[i] = i % 3 == 0 ? FromDouble(normal(generator)) : std::bit_cast<T>(bits);
    }
    return x;
  }
};

inline constexpr NumberType<float, float> kF32 = {"f32", reference::Format::float32, &Function::f32, 0x1p-126};

template <class Visitor>
void ForEachType(const Visitor& visit) {
  using reference::Format;
  visit(kF32);
  visit(NumberType<double, double>{"f64", Format::float64, &Function::f64, 0x1p-1022});
  visit(NumberType<std::uint16_t, float16>{"f16", Format::float16, &Function::f16, 0x1p-14});
  visit(NumberType<std::uint16_t, bfloat16>{"bf16", Format::bfloat16, &Function::bf16, 0x1p-126});
}

}  // namespace elu::tests

#endif  // ELU_TESTS_SUPPORT_NUMBER_TYPES_H_
