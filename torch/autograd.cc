// Gradients of the operators, of any order, in reverse and in forward mode and in any mixture of both.
#include <ATen/TensorOperators.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/csrc/autograd/functions/utils.h>

#include "torch/gradient.h"

namespace elu::torch {
namespace {

using at::Tensor;
using ::torch::autograd::variable_list;

// The tangent of the result; undefined if no argument has one.
Tensor Tangent(const Operation& operation, const variable_list& arguments) {
  constexpr uint64_t kLevel = 0;  // PyTorch has one
  variable_list primals;
  for (const Tensor& t : arguments) primals.push_back(t._fw_grad(kLevel).defined() ? t._fw_primal(kLevel) : t);
  Tensor sum;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const Tensor& tangent = arguments[i]._fw_grad(kLevel);
    if (!tangent.defined()) continue;
    const Tensor term = Derivative(operation, primals, i, tangent);
    sum = sum.defined() ? sum + term : term;
  }
  return sum;
}

}  // namespace

// Computes, and leaves what the result needs to carry gradients back and tangents on.
Tensor Differentiable(const Operation& operation, at::TensorList tensors) {
  const variable_list arguments = tensors.vec();
  c10::intrusive_ptr<Gradient> gradient;
  if (::torch::autograd::compute_requires_grad(arguments)) {
    gradient = c10::make_intrusive<Gradient>(operation, arguments);
    gradient->set_next_edges(::torch::autograd::collect_next_edges(arguments));
  }
  Tensor result;
  {
    const at::AutoDispatchBelowADInplaceOrView below;
    result = Dispatch(operation, arguments);
  }
  if (gradient) ::torch::autograd::set_history(result, gradient);
  const Tensor tangent = Tangent(operation, arguments);
  if (tangent.defined()) result._set_fw_grad(tangent, /*level=*/0, /*is_inplace_op=*/false);
  return result;
}

}  // namespace elu::torch
