// What the operators' results leave in the graph of autograd.
#ifndef ELU_TORCH_GRADIENT_H_
#define ELU_TORCH_GRADIENT_H_

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/saved_variable.h>

#include <string>
#include <vector>

#include "torch/operators.h"

namespace elu::torch {

// The operators' arguments are (factors..., x), their Jacobians diagonal: what carries a gradient v back to argument i
// carries a tangent v of argument i forward.
at::Tensor Derivative(Operation operation, const ::torch::autograd::variable_list& arguments, size_t i,
                      const at::Tensor& v);

// Carries a gradient back; torch::autograd::Function would be shorter, but knows neither tangents nor torch.func.
class Gradient : public ::torch::autograd::Node {
 public:
  Gradient(Operation operation, const ::torch::autograd::variable_list& arguments);

  ::torch::autograd::variable_list apply(::torch::autograd::variable_list&& gradients) override;
  void release_variables() override;
  std::string name() const override;

  // Compiled autograd: what the graph depends on, and the call to put into the graph in place of apply's.
  void compiled_args(::torch::dynamo::autograd::CompiledNodeArgs& args) const override;
  ::torch::autograd::variable_list apply_with_saved(const ::torch::autograd::variable_list& gradients,
                                                    ::torch::dynamo::autograd::SwapSavedVariables& saved) override;

 private:
  ::torch::autograd::variable_list Arguments() const;
  std::vector<bool> Wanted() const;

  const Operation operation_;
  std::vector<::torch::autograd::SavedVariable> saved_;
};

}  // namespace elu::torch

#endif  // ELU_TORCH_GRADIENT_H_
