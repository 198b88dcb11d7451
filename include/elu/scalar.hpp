/// elu: the functions of elu.hpp for one number. C++20, header-only over elu.h; elu.hpp includes it.
///
///     float y = elu::forward(-1.0F);                    // -0.63212055
///     double d = elu::derivative(-1.0, {.alpha = 0.5});
///
/// The results have the bits that arrays get. A call costs as much as that of an array of one element (`elu bench
/// --size 1`), tens of times what an element costs in a long array. Every function throws std::invalid_argument where
/// the parameters are not admitted.
#ifndef ELU_SCALAR_HPP_
#define ELU_SCALAR_HPP_

#include "elu/detail/cxx20.hpp"  // first: says what is missing

#include <concepts>
#include <span>

#include "elu/elu.hpp"

namespace elu {
namespace detail {

template <class T>
concept Number =
    std::same_as<T, float> || std::same_as<T, double> || std::same_as<T, float16> || std::same_as<T, bfloat16>;

template <class T>
std::span<const T> One(const T& number) {
  return {&number, 1};
}

}  // namespace detail

/// f(x), x of float, double, float16 or bfloat16.
template <detail::Number T>
T forward(T x, Params params = {}, Accuracy accuracy = Accuracy::accurate) {
  T y;
  forward(detail::One(x), std::span<T>(&y, 1), params, accuracy);
  return y;
}

/// f'(x)
template <detail::Number T>
T derivative(T x, Params params = {}, Accuracy accuracy = Accuracy::accurate) {
  T y;
  derivative(detail::One(x), std::span<T>(&y, 1), params, accuracy);
  return y;
}

/// f''(x)
template <detail::Number T>
T second_derivative(T x, Params params = {}, Accuracy accuracy = Accuracy::accurate) {
  T y;
  second_derivative(detail::One(x), std::span<T>(&y, 1), params, accuracy);
  return y;
}

/// dy * f'(x), rounded once.
template <detail::Number T>
T backward(T dy, T x, Params params = {}, Accuracy accuracy = Accuracy::accurate) {
  T dx;
  backward(detail::One(dy), detail::One(x), std::span<T>(&dx, 1), params, accuracy);
  return dx;
}

/// ELU(x) + 1 at alpha 1: x + 1 for x > 0, exp(x) else.
template <detail::Number T>
T plus_one(T x, Accuracy accuracy = Accuracy::accurate) {
  T y;
  plus_one(detail::One(x), std::span<T>(&y, 1), accuracy);
  return y;
}

}  // namespace elu

#endif  // ELU_SCALAR_HPP_
