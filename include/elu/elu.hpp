/// elu: the ELU activation and its gradients on spans of float, double, elu::float16 and elu::bfloat16. C++20,
/// header-only over elu.h.
///
///     std::vector<float> x = {-2, -1, 0, 1, 2}, y(5);
///     elu::forward(x, y);                         // -0.86466473 -0.63212055 0 1 2
///     elu::forward(x, x, {.alpha = 0.5});         // in place
///     elu::forward(x, y, elu::selu());
///     float one = elu::forward(-1.0F);            // -0.63212055
///
/// Formulas, errors and special values: elu.h. All spans of a call have one length; the output may be one of the inputs
/// (in place), any other overlap is an error. Every function here checks its arguments first and throws
/// std::invalid_argument, saying why, before anything is written.
#ifndef ELU_ELU_HPP_
#define ELU_ELU_HPP_

#include "elu/detail/cxx20.hpp"  // first: says what is missing

#include <cstddef>
#include <cstdint>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <type_traits>

#include "elu/detail/call.hpp"
#include "elu/elu.h"
#include "elu/types.hpp"

namespace elu {
namespace detail {

inline elu_params ToC(const Params& p) { return {p.alpha, p.scale, p.input_scale}; }

inline elu_accuracy ToC(Accuracy accuracy) { return static_cast<elu_accuracy>(accuracy); }

// An array as elu.h takes it: 16-bit numbers as their bits.
template <class T>
T* Data(std::span<T> array) {
  return array.data();
}
template <class T>
  requires(std::is_same_v<T, float16> || std::is_same_v<T, bfloat16>)
std::uint16_t* Data(std::span<T> array) { return reinterpret_cast<std::uint16_t*>(array.data()); }
template <class T>
  requires(std::is_same_v<T, float16> || std::is_same_v<T, bfloat16>)
const std::uint16_t* Data(std::span<const T> array) { return reinterpret_cast<const std::uint16_t*>(array.data()); }

inline void CheckSizes(const char* function, std::size_t size, std::size_t expected) {
  if (size == expected) return;
  std::ostringstream text;
  text << function << ": the spans differ in length: " << size << " and " << expected;
  throw std::invalid_argument(text.str());
}

// Throws what a status other than ELU_OK means for a call of `function` with these parameters.
inline void Check(const char* function, elu_status status, const Params& p) {
  if (status == ELU_OK) return;
  std::ostringstream text;
  text << function << ": " << elu_status_text(status);
  if (status == ELU_ERROR_PARAMETERS || status == ELU_ERROR_OUTPUT_AMBIGUOUS) {
    text.precision(17);
    text << "; given alpha = " << p.alpha << ", scale = " << p.scale << ", input_scale = " << p.input_scale;
  }
  throw std::invalid_argument(text.str());
}

// Calls a function of elu.h with what it takes of these.
template <class Function, class Out, class... In>
void Run(const char* name, Function function, const Params& params, Accuracy accuracy, Out out, In... in) {
  std::size_t n = 0;
  ((n = in.size()), ...);  // the last input's
  CheckSizes(name, out.size(), n);
  (CheckSizes(name, in.size(), n), ...);
  const elu_params p = ToC(params);
  Check(name, Apply(function, &p, ToC(accuracy), n, Data(out), Data(in)...), params);
}

}  // namespace detail

/// y[i] = f(x[i]). y may be x.
inline void forward(std::span<const float> x, std::span<float> y, Params params = {},
                    Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::forward", elu_forward_f32, params, accuracy, y, x);
}
inline void forward(std::span<const double> x, std::span<double> y, Params params = {},
                    Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::forward", elu_forward_f64, params, accuracy, y, x);
}
inline void forward(std::span<const float16> x, std::span<float16> y, Params params = {},
                    Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::forward", elu_forward_f16, params, accuracy, y, x);
}
inline void forward(std::span<const bfloat16> x, std::span<bfloat16> y, Params params = {},
                    Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::forward", elu_forward_bf16, params, accuracy, y, x);
}

/// dydx[i] = f'(x[i]). dydx may be x.
inline void derivative(std::span<const float> x, std::span<float> dydx, Params params = {},
                       Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::derivative", elu_derivative_f32, params, accuracy, dydx, x);
}
inline void derivative(std::span<const double> x, std::span<double> dydx, Params params = {},
                       Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::derivative", elu_derivative_f64, params, accuracy, dydx, x);
}
inline void derivative(std::span<const float16> x, std::span<float16> dydx, Params params = {},
                       Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::derivative", elu_derivative_f16, params, accuracy, dydx, x);
}
inline void derivative(std::span<const bfloat16> x, std::span<bfloat16> dydx, Params params = {},
                       Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::derivative", elu_derivative_bf16, params, accuracy, dydx, x);
}

/// dydx[i] = f' of the x whose output is y[i]; needs scale > 0 and alpha >= 0. Correctly rounded as a function of y,
/// which itself was rounded: elu.h says what that loses. dydx may be y.
inline void derivative_from_output(std::span<const float> y, std::span<float> dydx, Params params = {}) {
  detail::Run("elu::derivative_from_output", elu_derivative_from_output_f32, params, Accuracy::accurate, dydx, y);
}
inline void derivative_from_output(std::span<const double> y, std::span<double> dydx, Params params = {}) {
  detail::Run("elu::derivative_from_output", elu_derivative_from_output_f64, params, Accuracy::accurate, dydx, y);
}
inline void derivative_from_output(std::span<const float16> y, std::span<float16> dydx, Params params = {}) {
  detail::Run("elu::derivative_from_output", elu_derivative_from_output_f16, params, Accuracy::accurate, dydx, y);
}
inline void derivative_from_output(std::span<const bfloat16> y, std::span<bfloat16> dydx, Params params = {}) {
  detail::Run("elu::derivative_from_output", elu_derivative_from_output_bf16, params, Accuracy::accurate, dydx, y);
}

/// d2[i] = f''(x[i]). d2 may be x.
inline void second_derivative(std::span<const float> x, std::span<float> d2, Params params = {},
                              Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::second_derivative", elu_second_derivative_f32, params, accuracy, d2, x);
}
inline void second_derivative(std::span<const double> x, std::span<double> d2, Params params = {},
                              Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::second_derivative", elu_second_derivative_f64, params, accuracy, d2, x);
}
inline void second_derivative(std::span<const float16> x, std::span<float16> d2, Params params = {},
                              Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::second_derivative", elu_second_derivative_f16, params, accuracy, d2, x);
}
inline void second_derivative(std::span<const bfloat16> x, std::span<bfloat16> d2, Params params = {},
                              Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::second_derivative", elu_second_derivative_bf16, params, accuracy, d2, x);
}

/// dx[i] = dy[i] * f'(x[i]), rounded once. dx may be dy or x.
inline void backward(std::span<const float> dy, std::span<const float> x, std::span<float> dx, Params params = {},
                     Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::backward", elu_backward_f32, params, accuracy, dx, dy, x);
}
inline void backward(std::span<const double> dy, std::span<const double> x, std::span<double> dx, Params params = {},
                     Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::backward", elu_backward_f64, params, accuracy, dx, dy, x);
}
inline void backward(std::span<const float16> dy, std::span<const float16> x, std::span<float16> dx, Params params = {},
                     Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::backward", elu_backward_f16, params, accuracy, dx, dy, x);
}
inline void backward(std::span<const bfloat16> dy, std::span<const bfloat16> x, std::span<bfloat16> dx,
                     Params params = {}, Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::backward", elu_backward_bf16, params, accuracy, dx, dy, x);
}

/// dx[i] = dy[i] * f' of the x whose output is y[i]; needs scale > 0 and alpha >= 0. Rounded once. dx may be dy or y.
inline void backward_from_output(std::span<const float> dy, std::span<const float> y, std::span<float> dx,
                                 Params params = {}) {
  detail::Run("elu::backward_from_output", elu_backward_from_output_f32, params, Accuracy::accurate, dx, dy, y);
}
inline void backward_from_output(std::span<const double> dy, std::span<const double> y, std::span<double> dx,
                                 Params params = {}) {
  detail::Run("elu::backward_from_output", elu_backward_from_output_f64, params, Accuracy::accurate, dx, dy, y);
}
inline void backward_from_output(std::span<const float16> dy, std::span<const float16> y, std::span<float16> dx,
                                 Params params = {}) {
  detail::Run("elu::backward_from_output", elu_backward_from_output_f16, params, Accuracy::accurate, dx, dy, y);
}
inline void backward_from_output(std::span<const bfloat16> dy, std::span<const bfloat16> y, std::span<bfloat16> dx,
                                 Params params = {}) {
  detail::Run("elu::backward_from_output", elu_backward_from_output_bf16, params, Accuracy::accurate, dx, dy, y);
}

/// dx[i] = ddx[i] * dy[i] * f''(x[i]), rounded once: given the gradient ddx with respect to backward's result, that
/// with respect to x; that with respect to dy is backward(ddx, x). dx may be ddx, dy or x.
inline void double_backward(std::span<const float> ddx, std::span<const float> dy, std::span<const float> x,
                            std::span<float> dx, Params params = {}, Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::double_backward", elu_double_backward_f32, params, accuracy, dx, ddx, dy, x);
}
inline void double_backward(std::span<const double> ddx, std::span<const double> dy, std::span<const double> x,
                            std::span<double> dx, Params params = {}, Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::double_backward", elu_double_backward_f64, params, accuracy, dx, ddx, dy, x);
}
inline void double_backward(std::span<const float16> ddx, std::span<const float16> dy, std::span<const float16> x,
                            std::span<float16> dx, Params params = {}, Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::double_backward", elu_double_backward_f16, params, accuracy, dx, ddx, dy, x);
}
inline void double_backward(std::span<const bfloat16> ddx, std::span<const bfloat16> dy, std::span<const bfloat16> x,
                            std::span<bfloat16> dx, Params params = {}, Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::double_backward", elu_double_backward_bf16, params, accuracy, dx, ddx, dy, x);
}

/// y[i] = ELU(x[i]) + 1 at alpha 1: x + 1 for x > 0, exp(x) else, positive where that is. y may be x.
inline void plus_one(std::span<const float> x, std::span<float> y, Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::plus_one", elu_plus_one_f32, {}, accuracy, y, x);
}
inline void plus_one(std::span<const double> x, std::span<double> y, Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::plus_one", elu_plus_one_f64, {}, accuracy, y, x);
}
inline void plus_one(std::span<const float16> x, std::span<float16> y, Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::plus_one", elu_plus_one_f16, {}, accuracy, y, x);
}
inline void plus_one(std::span<const bfloat16> x, std::span<bfloat16> y, Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::plus_one", elu_plus_one_bf16, {}, accuracy, y, x);
}

/// dx[i] = dy[i] for x[i] > 0, dy[i] * exp(x[i]) else, rounded once. dx may be dy or x.
inline void plus_one_backward(std::span<const float> dy, std::span<const float> x, std::span<float> dx,
                              Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::plus_one_backward", elu_plus_one_backward_f32, {}, accuracy, dx, dy, x);
}
inline void plus_one_backward(std::span<const double> dy, std::span<const double> x, std::span<double> dx,
                              Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::plus_one_backward", elu_plus_one_backward_f64, {}, accuracy, dx, dy, x);
}
inline void plus_one_backward(std::span<const float16> dy, std::span<const float16> x, std::span<float16> dx,
                              Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::plus_one_backward", elu_plus_one_backward_f16, {}, accuracy, dx, dy, x);
}
inline void plus_one_backward(std::span<const bfloat16> dy, std::span<const bfloat16> x, std::span<bfloat16> dx,
                              Accuracy accuracy = Accuracy::accurate) {
  detail::Run("elu::plus_one_backward", elu_plus_one_backward_bf16, {}, accuracy, dx, dy, x);
}

/// The instruction set in use: see elu_target.
inline std::string target() { return elu_target(); }

}  // namespace elu

#include "elu/layer.hpp"
#include "elu/scalar.hpp"

#endif  // ELU_ELU_HPP_
