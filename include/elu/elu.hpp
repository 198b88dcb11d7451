// elu: the ELU activation and its gradients on spans of float. C++20, header-only over elu.h.
//
//     std::vector<float> x = {-2, -1, 0, 1, 2}, y(5);
//     elu::forward(x, y);                         // -0.86466473 -0.63212055 0 1 2
//     elu::forward(x, x, {.alpha = 0.5});         // in place
//     elu::forward(x, y, elu::selu());
//
// Formulas, errors and special values: elu.h. Every function here checks its arguments first and throws
// std::invalid_argument, naming the offending value, before anything is written.
#ifndef ELU_ELU_HPP_
#define ELU_ELU_HPP_

#include <cstddef>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>

#include "elu/elu.h"

namespace elu {

// f(x) = scale * x for x > 0; scale * alpha * (exp(input_scale * x) - 1) for x <= 0. Admitted values: see elu_params.
struct Params {
  double alpha = 1.0, scale = 1.0, input_scale = 1.0;
};

// SELU: keeps mean 0 and variance 1 through layers (Klambauer, Unterthiner, Mayr, Hochreiter, NeurIPS 2017).
inline Params selu() { return {1.6732632423543772848170429916717, 1.0507009873554804934193349852946, 1.0}; }

// CELU: max(x, 0) + min(0, alpha (exp(x / alpha) - 1)), smooth at 0 for every alpha (Barron, 2017).
inline Params celu(double alpha) { return {alpha, 1.0, 1.0 / alpha}; }

// accurate: correctly rounded. fast: leave to trade at most 1 ulp (alpha 1) or 2 ulp (others) for speed.
enum class Accuracy { accurate = ELU_ACCURATE, fast = ELU_FAST };

namespace detail {

inline elu_params ToC(const Params& p) { return {p.alpha, p.scale, p.input_scale}; }

inline elu_accuracy ToC(Accuracy accuracy) { return static_cast<elu_accuracy>(accuracy); }

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

}  // namespace detail

// y[i] = f(x[i]). Correctly rounded. y may be x.
inline void forward(std::span<const float> x, std::span<float> y, Params params = {},
                    Accuracy accuracy = Accuracy::accurate) {
  detail::CheckSizes("elu::forward", y.size(), x.size());
  const elu_params p = detail::ToC(params);
  detail::Check("elu::forward", elu_forward_f32(x.data(), y.data(), x.size(), &p, detail::ToC(accuracy)), params);
}

// dydx[i] = f'(x[i]). Correctly rounded. dydx may be x.
inline void derivative(std::span<const float> x, std::span<float> dydx, Params params = {},
                       Accuracy accuracy = Accuracy::accurate) {
  detail::CheckSizes("elu::derivative", dydx.size(), x.size());
  const elu_params p = detail::ToC(params);
  detail::Check("elu::derivative", elu_derivative_f32(x.data(), dydx.data(), x.size(), &p, detail::ToC(accuracy)),
                params);
}

// dydx[i] = f' of the x whose output is y[i]; needs scale > 0 and alpha >= 0. Correctly rounded as a function of y,
// which itself was rounded: elu.h says what that loses. dydx may be y.
inline void derivative_from_output(std::span<const float> y, std::span<float> dydx, Params params = {}) {
  detail::CheckSizes("elu::derivative_from_output", dydx.size(), y.size());
  const elu_params p = detail::ToC(params);
  detail::Check("elu::derivative_from_output",
                elu_derivative_from_output_f32(y.data(), dydx.data(), y.size(), &p), params);
}

// dx[i] = dy[i] * f'(x[i]), rounded once. dx may be dy or x.
inline void backward(std::span<const float> dy, std::span<const float> x, std::span<float> dx, Params params = {},
                     Accuracy accuracy = Accuracy::accurate) {
  detail::CheckSizes("elu::backward", dx.size(), x.size());
  detail::CheckSizes("elu::backward", dy.size(), x.size());
  const elu_params p = detail::ToC(params);
  detail::Check("elu::backward",
                elu_backward_f32(dy.data(), x.data(), dx.data(), x.size(), &p, detail::ToC(accuracy)), params);
}

// dx[i] = dy[i] * f' of the x whose output is y[i]; needs scale > 0 and alpha >= 0. Rounded once. dx may be dy or y.
inline void backward_from_output(std::span<const float> dy, std::span<const float> y, std::span<float> dx,
                                 Params params = {}) {
  detail::CheckSizes("elu::backward_from_output", dx.size(), y.size());
  detail::CheckSizes("elu::backward_from_output", dy.size(), y.size());
  const elu_params p = detail::ToC(params);
  detail::Check("elu::backward_from_output",
                elu_backward_from_output_f32(dy.data(), y.data(), dx.data(), y.size(), &p), params);
}

// The instruction set in use: see elu_target.
inline std::string target() { return elu_target(); }

}  // namespace elu

#endif  // ELU_ELU_HPP_
