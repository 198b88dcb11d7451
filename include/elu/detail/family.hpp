// The table of the functions of arrays of elu.h, from which elu's programs, plug-ins and tests know what there is. No
// part of elu's contract: it may change in any version.
#ifndef ELU_DETAIL_FAMILY_HPP_
#define ELU_DETAIL_FAMILY_HPP_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "elu/detail/call.hpp"
#include "elu/elu.h"

namespace elu::detail {

// Any function of elu.h in one form: what it does not take is ignored. `x` stands for y in functions of the output.
template <class T>
using Call = elu_status (*)(const T* ddx, const T* dy, const T* x, T* out, std::size_t n, const elu_params* p,
                            elu_accuracy accuracy);

struct Function {
  const char* name;     // as in --function; in C, C++ and Python it has _ in place of -
  const char* formula;  // in terms of its inputs
  int inputs;           // 1: x;  2: dy and x;  3: ddx, dy and x
  bool parameters;      // false: alpha = scale = input_scale = 1 always
  bool accuracy;        // false: there is no fast mode
  bool from_output;     // x is y = f(x): needs scale > 0 and alpha >= 0
  Call<float> f32;
  Call<double> f64;
  Call<std::uint16_t> f16, bf16;
};

// How many arguments of a type a function of elu.h takes.
template <class Type, class... Argument>
constexpr int Count(elu_status (*)(Argument...)) {
  return (0 + ... + (std::is_same_v<Type, Argument> ? 1 : 0));
}

template <auto function, class T>
elu_status InOneForm(const T* ddx, const T* dy, const T* x, T* out, std::size_t n, const elu_params* p,
                     elu_accuracy accuracy) {
  constexpr int inputs = Count<const T*>(function);
  if constexpr (inputs == 1) return Apply(function, p, accuracy, n, out, x);
  else if constexpr (inputs == 2) return Apply(function, p, accuracy, n, out, dy, x);
  else return Apply(function, p, accuracy, n, out, ddx, dy, x);
}

// A row of the table: what a function takes is told by its declaration in elu.h.
template <auto f32, auto f64, auto f16, auto bf16>
constexpr Function Row(const char* name, const char* formula, bool from_output = false) {
  return {name,
          formula,
          Count<const float*>(f32),
          Count<const elu_params*>(f32) == 1,
          Count<elu_accuracy>(f32) == 1,
          from_output,
          InOneForm<f32, float>,
          InOneForm<f64, double>,
          InOneForm<f16, std::uint16_t>,
          InOneForm<bf16, std::uint16_t>};
}

inline constexpr bool kFromOutput = true;

// clang-format off
inline constexpr Function kFamily[] = {
    Row<elu_forward_f32, elu_forward_f64, elu_forward_f16, elu_forward_bf16>(
        "forward", "scale * x for x > 0, scale * alpha * (exp(input_scale * x) - 1) else"),
    Row<elu_derivative_f32, elu_derivative_f64, elu_derivative_f16, elu_derivative_bf16>(
        "derivative", "scale for x > 0, scale * alpha * input_scale * exp(input_scale * x) else"),
    Row<elu_derivative_from_output_f32, elu_derivative_from_output_f64,
        elu_derivative_from_output_f16, elu_derivative_from_output_bf16>(
        "derivative-from-output", "scale for y > 0, input_scale * (y + scale * alpha) else, 0 at the limit",
        kFromOutput),
    Row<elu_second_derivative_f32, elu_second_derivative_f64, elu_second_derivative_f16, elu_second_derivative_bf16>(
        "second-derivative", "0 for x > 0, scale * alpha * input_scale^2 * exp(input_scale * x) else"),
    Row<elu_plus_one_f32, elu_plus_one_f64, elu_plus_one_f16, elu_plus_one_bf16>(
        "plus-one", "x + 1 for x > 0, exp(x) else"),
    Row<elu_backward_f32, elu_backward_f64, elu_backward_f16, elu_backward_bf16>(
        "backward", "dy * derivative(x)"),
    Row<elu_backward_from_output_f32, elu_backward_from_output_f64,
        elu_backward_from_output_f16, elu_backward_from_output_bf16>(
        "backward-from-output", "dy * derivative-from-output(y)", kFromOutput),
    Row<elu_double_backward_f32, elu_double_backward_f64, elu_double_backward_f16, elu_double_backward_bf16>(
        "double-backward", "ddx * dy * second-derivative(x)"),
    Row<elu_plus_one_backward_f32, elu_plus_one_backward_f64, elu_plus_one_backward_f16, elu_plus_one_backward_bf16>(
        "plus-one-backward", "dy for x > 0, dy * exp(x) else"),
};
// clang-format on

// The function that has this name; nullptr if none.
constexpr const Function* Find(std::string_view name) {
  for (const Function& function : kFamily) {
    if (name == function.name) return &function;
  }
  return nullptr;
}

}  // namespace elu::detail

#endif  // ELU_DETAIL_FAMILY_HPP_
