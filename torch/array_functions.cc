#include "torch/array_functions.h"

#include <array>
#include <utility>

namespace elu::torch {
namespace {

// A function of elu.h that takes Count arrays of T.
template <auto function, class T, std::size_t... I>
elu_status Apply(const void* const* in, void* out, std::size_t n, const elu_params& p, elu_accuracy accuracy,
                 std::index_sequence<I...>) {
  const auto array = [in](std::size_t i) { return in == nullptr ? nullptr : static_cast<const T*>(in[i]); };
  T* to = static_cast<T*>(out);
  if constexpr (requires { function(array(I)..., to, n, &p, accuracy); }) {
    return function(array(I)..., to, n, &p, accuracy);
  } else if constexpr (requires { function(array(I)..., to, n, &p); }) {
    return function(array(I)..., to, n, &p);
  } else {
    return function(array(I)..., to, n, accuracy);
  }
}

template <auto function, class T, std::size_t inputs>
elu_status Adapt(const void* const* in, void* out, std::size_t n, const elu_params& p, elu_accuracy accuracy) {
  return Apply<function, T>(in, out, n, p, accuracy, std::make_index_sequence<inputs>());
}

// By number type: f32, f64, f16, bf16.
template <std::size_t inputs, auto f32, auto f64, auto f16, auto bf16>
constexpr std::array<ArrayFunction, 4> kRow = {Adapt<f32, float, inputs>, Adapt<f64, double, inputs>,
                                               Adapt<f16, uint16_t, inputs>, Adapt<bf16, uint16_t, inputs>};

// In the order of Function.
constexpr std::array<std::array<ArrayFunction, 4>, 5> kFunctions = {
    kRow<1, elu_forward_f32, elu_forward_f64, elu_forward_f16, elu_forward_bf16>,
    kRow<2, elu_backward_f32, elu_backward_f64, elu_backward_f16, elu_backward_bf16>,
    kRow<2, elu_backward_from_output_f32, elu_backward_from_output_f64, elu_backward_from_output_f16,
         elu_backward_from_output_bf16>,
    kRow<3, elu_double_backward_f32, elu_double_backward_f64, elu_double_backward_f16, elu_double_backward_bf16>,
    kRow<1, elu_plus_one_f32, elu_plus_one_f64, elu_plus_one_f16, elu_plus_one_bf16>};

}  // namespace

ArrayFunction FindArrayFunction(Function function, c10::ScalarType dtype) {
  const auto& row = kFunctions[static_cast<std::size_t>(function)];
  switch (dtype) {
    case c10::ScalarType::Float: return row[0];
    case c10::ScalarType::Double: return row[1];
    case c10::ScalarType::Half: return row[2];
    case c10::ScalarType::BFloat16: return row[3];
    default: return nullptr;
  }
}

}  // namespace elu::torch
