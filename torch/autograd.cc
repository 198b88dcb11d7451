// Gradients of the operators, of any order, in reverse and in forward mode and in any mixture of both.
#include <ATen/TensorOperators.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>

#include <mutex>
#include <utility>
#include <vector>

#include "operators.h"

namespace elu::torch {
namespace {

using at::Tensor;
using ::torch::autograd::SavedVariable;
using ::torch::autograd::variable_list;

// The Jacobians of an operator of (factors..., x) are diagonal: what carries a gradient v back to argument i carries a
// tangent v of argument i forward.
//   a factor: the operator with v in its place
//   x:        the operator with one factor more, v; beyond two of them, f''' = input_scale * f''
Tensor Derivative(Operation operation, const variable_list& arguments, size_t i, const Tensor& v) {
  variable_list t = arguments;
  if (i + 1 < arguments.size()) {
    t[i] = v;
    return Dispatch(operation, t);
  }
  if (operation.function == Function::double_backward) {
    t[0] = t[0] * v;
    return Dispatch(operation, t) * operation.params.input_scale;
  }
  t.insert(t.begin(), v);
  operation.function = operation.function == Function::backward ? Function::double_backward : Function::backward;
  return Dispatch(operation, t);
}

// Carries a gradient back; torch::autograd::Function would be shorter, but knows neither tangents nor torch.func.
class Gradient : public ::torch::autograd::Node {
 public:
  Gradient(Operation operation, const variable_list& arguments) : operation_(std::move(operation)) {
    for (const Tensor& t : arguments) saved_.emplace_back(t, /*is_output=*/false);
  }

  variable_list apply(variable_list&& gradients) override {
    const std::lock_guard lock(mutex_);
    variable_list arguments;
    for (const SavedVariable& saved : saved_) arguments.push_back(saved.unpack());
    variable_list results(arguments.size());
    for (size_t i = 0; i < results.size() && gradients[0].defined(); ++i) {
      if (task_should_compute_output(i)) results[i] = Derivative(operation_, arguments, i, gradients[0]);
    }
    return results;
  }

  void release_variables() override {
    const std::lock_guard lock(mutex_);
    for (SavedVariable& saved : saved_) saved.reset_data();
  }

  std::string name() const override { return "EluBackward"; }

 private:
  const Operation operation_;
  std::vector<SavedVariable> saved_;
};

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

}  // namespace
}  // namespace elu::torch

TORCH_LIBRARY_IMPL(elu, Autograd, library) { elu::torch::Implement<elu::torch::Differentiable>(library); }
