#include "torch/operators.h"

#include <ATen/TensorIterator.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/empty_like.h>

#include <string_view>

#include "torch/iterate.h"

namespace elu::torch {
namespace {

using at::Tensor;
using at::TensorList;
using std::string_view;

const char* NameOf(Function function) {
  switch (function) {
    case Function::backward: return "elu::elu_backward";
    case Function::double_backward: return "elu::elu_double_backward";
    case Function::plus_one: return "elu::plus_one";
    default: return "elu::elu";
  }
}

// The call, all of whose arguments have been found good. Shapes may be symbolic.
Call Checked(const Operation& operation, TensorList in) {
  const char* name = NameOf(operation.function);
  const Tensor& x = in.back();
  for (const Tensor& t : in) {
    TORCH_CHECK(t.device() == x.device(), name, ": the tensors are on different devices: ", t.device(), " and ",
                x.device());
    TORCH_CHECK_TYPE(t.scalar_type() == x.scalar_type(), name, ": the tensors differ in dtype: ", t.scalar_type(),
                     " and ", x.scalar_type());
    TORCH_CHECK_VALUE(t.sym_sizes() == x.sym_sizes(), name, ": the tensors differ in shape: ", t.sym_sizes(), " and ",
                      x.sym_sizes());
  }
  const ArrayFunction function = FindArrayFunction(operation.function, x.scalar_type());
  TORCH_CHECK_NOT_IMPLEMENTED(function != nullptr, name, ": not implemented for ", x.scalar_type(),
                              "; it takes float32, float64, float16 and bfloat16");
  const bool fast = operation.accuracy == "fast";
  TORCH_CHECK_VALUE(fast || operation.accuracy == "accurate", name,
                    ": accuracy must be \"accurate\" or \"fast\"; given \"", operation.accuracy, "\"");
  const Call call = {function, operation.params, fast ? ELU_FAST : ELU_ACCURATE};
  const elu_status status = call.Check();
  TORCH_CHECK_VALUE(status == ELU_OK, name, ": ", elu_status_text(status), "; given alpha = ", call.params.alpha,
                    ", scale = ", call.params.scale, ", input_scale = ", call.params.input_scale);
  return call;
}

template <class... Argument>
auto Find(Function function) {
  return c10::Dispatcher::singleton().findSchemaOrThrow(NameOf(function), "").typed<Tensor(Argument...)>();
}

}  // namespace

// The result has the strides that x, the last tensor, would have in a copy.
Tensor Compute(const Operation& operation, TensorList in) {
  const Call call = Checked(operation, in);
  Tensor out = at::empty_like(in.back());
  at::TensorIteratorConfig config;
  config.add_output(out);
  for (const Tensor& t : in) config.add_const_input(t);
  at::TensorIterator iterator = config.build();
  RunIterator(call, iterator);
  return out;
}

Tensor Shape(const Operation& operation, TensorList in) {
  Checked(operation, in);
  return at::empty_like(in.back());
}

Tensor Dispatch(const Operation& operation, TensorList t) {
  using In = const Tensor&;
  static const auto elu = Find<In, double, double, double, string_view>(Function::forward);
  static const auto backward = Find<In, In, double, double, double, string_view>(Function::backward);
  static const auto double_backward = Find<In, In, In, double, double, double, string_view>(Function::double_backward);
  static const auto plus_one = Find<In, string_view>(Function::plus_one);
  const auto& [alpha, scale, input_scale] = operation.params;
  const string_view accuracy = operation.accuracy;
  switch (operation.function) {
    case Function::backward: return backward.call(t[0], t[1], alpha, scale, input_scale, accuracy);
    case Function::double_backward: return double_backward.call(t[0], t[1], t[2], alpha, scale, input_scale, accuracy);
    case Function::plus_one: return plus_one.call(t[0], accuracy);
    default: return elu.call(t[0], alpha, scale, input_scale, accuracy);
  }
}

}  // namespace elu::torch
