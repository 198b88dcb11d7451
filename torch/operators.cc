#include "operators.h"

#include <ATen/TensorIterator.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/empty_like.h>
#include <torch/library.h>

#include <string_view>

#include "iterate.h"

namespace elu::torch {
namespace {

using at::Tensor;
using at::TensorList;

elu_accuracy AccuracyOf(const char* name, std::string_view text) {
  TORCH_CHECK_VALUE(text == "accurate" || text == "fast", "elu::", name,
                    ": accuracy must be \"accurate\" or \"fast\"; given \"", text, "\"");
  return text == "fast" ? ELU_FAST : ELU_ACCURATE;
}

// The call, all of whose arguments have been found good. Shapes may be symbolic.
Call Checked(const char* name, Function function, TensorList in, const elu_params& p, std::string_view accuracy) {
  for (const Tensor& t : in) {
    TORCH_CHECK_TYPE(t.scalar_type() == in.back().scalar_type(), "elu::", name, ": the tensors differ in dtype: ",
                     t.scalar_type(), " and ", in.back().scalar_type());
    TORCH_CHECK_VALUE(t.sym_sizes() == in.back().sym_sizes(), "elu::", name, ": the tensors differ in shape: ",
                      t.sym_sizes(), " and ", in.back().sym_sizes());
  }
  const ArrayFunction found = FindArrayFunction(function, in.back().scalar_type());
  TORCH_CHECK_NOT_IMPLEMENTED(found != nullptr, "elu::", name, ": not implemented for ", in.back().scalar_type(),
                              "; it takes float32, float64, float16 and bfloat16");
  const Call call = {found, p, AccuracyOf(name, accuracy)};
  const elu_status status = call.Check();
  TORCH_CHECK_VALUE(status == ELU_OK, "elu::", name, ": ", elu_status_text(status), "; given alpha = ", p.alpha,
                    ", scale = ", p.scale, ", input_scale = ", p.input_scale);
  return call;
}

// The result has the strides that x, the last tensor, would keep in a copy.
Tensor Compute(const char* name, Function function, TensorList in, const elu_params& p, std::string_view accuracy) {
  const Call call = Checked(name, function, in, p, accuracy);
  Tensor out = at::empty_like(in.back());
  at::TensorIteratorConfig config;
  config.add_output(out);
  for (const Tensor& t : in) config.add_const_input(t);
  at::TensorIterator iterator = config.build();
  RunIterator(call, iterator);
  return out;
}

Tensor Shape(const char* name, Function function, TensorList in, const elu_params& p, std::string_view accuracy) {
  Checked(name, function, in, p, accuracy);
  return at::empty_like(in.back());
}

template <auto compute>
void Implement(::torch::Library& library) {
  library.impl("elu", [](const Tensor& self, double alpha, double scale, double input_scale, std::string_view accuracy) {
    return compute("elu", Function::forward, {self}, {alpha, scale, input_scale}, accuracy);
  });
  library.impl("elu_backward", [](const Tensor& grad_output, const Tensor& self, double alpha, double scale,
                                  double input_scale, std::string_view accuracy) {
    return compute("elu_backward", Function::backward, {grad_output, self}, {alpha, scale, input_scale}, accuracy);
  });
  library.impl("elu_double_backward", [](const Tensor& grad_grad_input, const Tensor& grad_output, const Tensor& self,
                                         double alpha, double scale, double input_scale, std::string_view accuracy) {
    return compute("elu_double_backward", Function::double_backward, {grad_grad_input, grad_output, self},
                   {alpha, scale, input_scale}, accuracy);
  });
  library.impl("plus_one", [](const Tensor& self, std::string_view accuracy) {
    return compute("plus_one", Function::plus_one, {self}, {1, 1, 1}, accuracy);
  });
}

template <class Signature>
c10::TypedOperatorHandle<Signature> Find(const char* name) {
  return c10::Dispatcher::singleton().findSchemaOrThrow(name, "").typed<Signature>();
}

}  // namespace

Tensor Dispatch(const Operation& operation, TensorList t) {
  using std::string_view;
  static const auto plus_one = Find<Tensor(const Tensor&, string_view)>("elu::plus_one");
  static const auto elu = Find<Tensor(const Tensor&, double, double, double, string_view)>("elu::elu");
  static const auto backward =
      Find<Tensor(const Tensor&, const Tensor&, double, double, double, string_view)>("elu::elu_backward");
  static const auto double_backward = Find<Tensor(const Tensor&, const Tensor&, const Tensor&, double, double, double,
                                                  string_view)>("elu::elu_double_backward");
  const auto& [alpha, scale, input_scale] = operation.params;
  switch (t.size()) {
    case 1:
      return operation.plus_one ? plus_one.call(t[0], operation.accuracy)
                                : elu.call(t[0], alpha, scale, input_scale, operation.accuracy);
    case 2: return backward.call(t[0], t[1], alpha, scale, input_scale, operation.accuracy);
    default: return double_backward.call(t[0], t[1], t[2], alpha, scale, input_scale, operation.accuracy);
  }
}

}  // namespace elu::torch

TORCH_LIBRARY(elu, library) {
  const std::string parameters = "float alpha=1., float scale=1., float input_scale=1., ";
  for (const std::string& arguments :
       {"elu(Tensor self, " + parameters, "elu_backward(Tensor grad_output, Tensor self, " + parameters,
        "elu_double_backward(Tensor grad_grad_input, Tensor grad_output, Tensor self, " + parameters,
        std::string("plus_one(Tensor self, ")}) {
    library.def((arguments + "*, str accuracy=\"accurate\") -> Tensor").c_str(),
                {at::Tag::pt2_compliant_tag, at::Tag::pointwise});
  }
}

TORCH_LIBRARY_IMPL(elu, CPU, library) { elu::torch::Implement<elu::torch::Compute>(library); }

TORCH_LIBRARY_IMPL(elu, Meta, library) { elu::torch::Implement<elu::torch::Shape>(library); }
