// The operators of the namespace `elu`:
//
//     elu(Tensor self, float alpha=1., float scale=1., float input_scale=1., *, str accuracy="accurate") -> Tensor
//     elu_backward(Tensor grad_output, Tensor self, ...) -> Tensor
//     elu_double_backward(Tensor grad_grad_input, Tensor grad_output, Tensor self, ...) -> Tensor
//     plus_one(Tensor self, *, str accuracy="accurate") -> Tensor
//
// Each takes (factors..., x), tensors of one shape and number type, and is the product of its k factors with the k-th
// derivative of f at x; those of plus_one are ELU's at alpha 1.
#ifndef ELU_TORCH_OPERATORS_H_
#define ELU_TORCH_OPERATORS_H_

#include <ATen/core/Tensor.h>
#include <torch/library.h>

#include <string>
#include <string_view>

#include "array_functions.h"

namespace elu::torch {

// What an operator is asked to compute of its tensors.
struct Operation {
  Function function;
  elu_params params;
  std::string accuracy;
};

// Calls the operator through PyTorch's dispatcher.
at::Tensor Dispatch(const Operation& operation, at::TensorList tensors);

// Makes `compute` the kernel of all operators for the library's dispatch key.
template <at::Tensor (*compute)(const Operation&, at::TensorList)>
void Implement(::torch::Library& library) {
  using at::Tensor;
  using std::string_view;
  library.impl("elu", [](const Tensor& self, double alpha, double scale, double input_scale, string_view accuracy) {
    return compute({Function::forward, {alpha, scale, input_scale}, std::string(accuracy)}, {self});
  });
  library.impl("elu_backward", [](const Tensor& grad_output, const Tensor& self, double alpha, double scale,
                                  double input_scale, string_view accuracy) {
    return compute({Function::backward, {alpha, scale, input_scale}, std::string(accuracy)}, {grad_output, self});
  });
  library.impl("elu_double_backward", [](const Tensor& grad_grad_input, const Tensor& grad_output, const Tensor& self,
                                         double alpha, double scale, double input_scale, string_view accuracy) {
    return compute({Function::double_backward, {alpha, scale, input_scale}, std::string(accuracy)},
                   {grad_grad_input, grad_output, self});
  });
  library.impl("plus_one", [](const Tensor& self, string_view accuracy) {
    return compute({Function::plus_one, {1, 1, 1}, std::string(accuracy)}, {self});
  });
}

}  // namespace elu::torch

#endif  // ELU_TORCH_OPERATORS_H_
