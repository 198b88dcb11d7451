// Gradients of the operators, of any order, in reverse and in forward mode and in any mixture of both.
#include <ATen/TensorOperators.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>
#include <torch/library.h>

#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include "operators.h"

namespace elu::torch {
namespace {

using at::Tensor;
using ::torch::autograd::SavedVariable;
using ::torch::autograd::variable_list;

// Every operator takes (factors..., x) and is the product of its k factors with the k-th derivative of f at x, element
// by element. Its Jacobians are diagonal: what carries a gradient back to an argument carries a tangent forward from it.
//   a factor: the same product with v in its place
//   x:        the product with one factor more, v; beyond k = 2, f''' = input_scale * f''
Tensor Derivative(const Operation& operation, const variable_list& arguments, size_t i, const Tensor& v) {
  const size_t factors = arguments.size() - 1;
  variable_list t = arguments;
  if (i < factors) {
    t[i] = v;
    return Dispatch(operation, t);
  }
  if (factors < 2) {
    t.insert(t.begin(), v);
    return Dispatch(operation, t);
  }
  t[0] = t[0] * v;
  return Dispatch(operation, t) * operation.params.input_scale;
}

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

bool HasTangent(const Tensor& t) { return t._fw_grad(/*level=*/0).defined(); }

Tensor Tangent(const Operation& operation, const variable_list& arguments) {
  variable_list primals;
  for (const Tensor& t : arguments) primals.push_back(t._fw_primal(/*level=*/0));
  Tensor sum;
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (!HasTangent(arguments[i])) continue;
    const Tensor term = Derivative(operation, primals, i, arguments[i]._fw_grad(/*level=*/0));
    sum = sum.defined() ? sum + term : term;
  }
  return sum;
}

// Computes, and leaves what the result needs to carry gradients back and tangents on.
Tensor Differentiable(const Operation& operation, const variable_list& arguments) {
  c10::intrusive_ptr<Gradient> gradient;
  if (::torch::autograd::compute_requires_grad(arguments)) {
    gradient = c10::make_intrusive<Gradient>(operation, arguments);
    gradient->set_next_edges(::torch::autograd::collect_next_edges(arguments));
  }
  Tensor result = [&] {
    const at::AutoDispatchBelowADInplaceOrView below;
    return Dispatch(operation, arguments);
  }();
  if (gradient) ::torch::autograd::set_history(result, gradient);
  if (const Tensor tangent = Tangent(operation, arguments); tangent.defined()) {
    result._set_fw_grad(tangent, /*level=*/0, /*is_inplace_op=*/false);
  }
  return result;
}

Tensor Elu(const Tensor& self, double alpha, double scale, double input_scale, std::string_view accuracy) {
  return Differentiable({false, {alpha, scale, input_scale}, std::string(accuracy)}, {self});
}

Tensor EluBackward(const Tensor& grad_output, const Tensor& self, double alpha, double scale, double input_scale,
                   std::string_view accuracy) {
  return Differentiable({false, {alpha, scale, input_scale}, std::string(accuracy)}, {grad_output, self});
}

Tensor EluDoubleBackward(const Tensor& grad_grad_input, const Tensor& grad_output, const Tensor& self, double alpha,
                         double scale, double input_scale, std::string_view accuracy) {
  return Differentiable({false, {alpha, scale, input_scale}, std::string(accuracy)},
                        {grad_grad_input, grad_output, self});
}

Tensor PlusOne(const Tensor& self, std::string_view accuracy) {
  return Differentiable({true, {1, 1, 1}, std::string(accuracy)}, {self});
}

}  // namespace
}  // namespace elu::torch

TORCH_LIBRARY_IMPL(elu, Autograd, library) {
  library.impl("elu", elu::torch::Elu);
  library.impl("elu_backward", elu::torch::EluBackward);
  library.impl("elu_double_backward", elu::torch::EluDoubleBackward);
  library.impl("plus_one", elu::torch::PlusOne);
}
