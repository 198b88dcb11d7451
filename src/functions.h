// The one table of the functions of arrays: what `elu eval` and `elu verify` offer and the tests run through.
#ifndef ELU_SRC_FUNCTIONS_H_
#define ELU_SRC_FUNCTIONS_H_

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "elu/elu.h"
#include "src/reference/reference.h"

namespace elu {

// Any function of elu.h in one form: what it does not take is ignored. `x` stands for y in functions of the output.
template <class T>
using Call = elu_status (*)(const T* ddx, const T* dy, const T* x, T* out, std::size_t n, const elu_params* p,
                            elu_accuracy accuracy);

struct Function {
  const char* name;     // as in --function
  const char* formula;  // in terms of its inputs
  int inputs;           // 1: x;  2: dy and x;  3: ddx, dy and x
  bool from_output;     // x is y = f(x): needs scale > 0 and alpha >= 0, and knows no accuracy
  bool parameters;      // false: alpha = scale = input_scale = 1 always
  Call<float> f32;
  Call<double> f64;
  Call<std::uint16_t> f16, bf16;
  reference::Function reference;
};

// The form of Call for a function of elu.h, told by what it can be called with.
template <auto function, class T>
elu_status Adapt(const T* ddx, const T* dy, const T* x, T* out, std::size_t n, const elu_params* p, elu_accuracy a) {
  if constexpr (requires { function(x, out, n, p, a); }) return function(x, out, n, p, a);
  else if constexpr (requires { function(x, out, n, p); }) return function(x, out, n, p);
  else if constexpr (requires { function(x, out, n, a); }) return function(x, out, n, a);
  else if constexpr (requires { function(dy, x, out, n, p, a); }) return function(dy, x, out, n, p, a);
  else if constexpr (requires { function(dy, x, out, n, p); }) return function(dy, x, out, n, p);
  else if constexpr (requires { function(dy, x, out, n, a); }) return function(dy, x, out, n, a);
  else return function(ddx, dy, x, out, n, p, a);
}

// clang-format off
inline constexpr Function kFunctions[] = {
    {"forward", "scale * x for x > 0, scale * alpha * (exp(input_scale * x) - 1) else",
     1, false, true, Adapt<elu_forward_f32>, Adapt<elu_forward_f64>,
     Adapt<elu_forward_f16>, Adapt<elu_forward_bf16>,
     reference::Forward},
    {"derivative", "scale for x > 0, scale * alpha * input_scale * exp(input_scale * x) else",
     1, false, true, Adapt<elu_derivative_f32>, Adapt<elu_derivative_f64>,
     Adapt<elu_derivative_f16>, Adapt<elu_derivative_bf16>,
     reference::Derivative},
    {"derivative-from-output", "scale for y > 0, input_scale * (y + scale * alpha) else, 0 at the limit",
     1, true, true, Adapt<elu_derivative_from_output_f32>, Adapt<elu_derivative_from_output_f64>,
     Adapt<elu_derivative_from_output_f16>, Adapt<elu_derivative_from_output_bf16>,
     reference::DerivativeFromOutput},
    {"second-derivative", "0 for x > 0, scale * alpha * input_scale^2 * exp(input_scale * x) else",
     1, false, true, Adapt<elu_second_derivative_f32>, Adapt<elu_second_derivative_f64>,
     Adapt<elu_second_derivative_f16>, Adapt<elu_second_derivative_bf16>,
     reference::SecondDerivative},
    {"plus-one", "x + 1 for x > 0, exp(x) else",
     1, false, false, Adapt<elu_plus_one_f32>, Adapt<elu_plus_one_f64>,
     Adapt<elu_plus_one_f16>, Adapt<elu_plus_one_bf16>,
     reference::PlusOne},
    {"backward", "dy * derivative(x)",
     2, false, true, Adapt<elu_backward_f32>, Adapt<elu_backward_f64>,
     Adapt<elu_backward_f16>, Adapt<elu_backward_bf16>,
     reference::Backward},
    {"backward-from-output", "dy * derivative-from-output(y)",
     2, true, true, Adapt<elu_backward_from_output_f32>, Adapt<elu_backward_from_output_f64>,
     Adapt<elu_backward_from_output_f16>, Adapt<elu_backward_from_output_bf16>,
     reference::BackwardFromOutput},
    {"double-backward", "ddx * dy * second-derivative(x)",
     3, false, true, Adapt<elu_double_backward_f32>, Adapt<elu_double_backward_f64>,
     Adapt<elu_double_backward_f16>, Adapt<elu_double_backward_bf16>,
     reference::DoubleBackward},
    {"plus-one-backward", "dy for x > 0, dy * exp(x) else",
     2, false, false, Adapt<elu_plus_one_backward_f32>, Adapt<elu_plus_one_backward_f64>,
     Adapt<elu_plus_one_backward_f16>, Adapt<elu_plus_one_backward_bf16>,
     reference::PlusOneBackward},
};
// clang-format on

// The function that has this name; std::out_of_range if none.
inline const Function& FindFunction(const std::string& name) {
  for (const Function& function : kFunctions) {
    if (name == function.name) return function;
  }
  throw std::out_of_range("there is no function '" + name + "'");
}

}  // namespace elu

#endif  // ELU_SRC_FUNCTIONS_H_
