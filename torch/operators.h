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

#include <string>

#include "torch/array_functions.h"

namespace elu::torch {

// What an operator is asked to compute of its tensors.
struct Operation {
  Function function;
  elu_params params;
  std::string accuracy;
};

// Calls the operator through PyTorch's dispatcher.
at::Tensor Dispatch(const Operation& operation, at::TensorList tensors);

// The kernels of all operators, one for each of PyTorch's dispatch keys.
at::Tensor Compute(const Operation& operation, at::TensorList tensors);         // CPU
at::Tensor Shape(const Operation& operation, at::TensorList tensors);           // Meta
at::Tensor Differentiable(const Operation& operation, at::TensorList tensors);  // Autograd
at::Tensor Batched(const Operation& operation, at::TensorList tensors);         // FuncTorchBatched

}  // namespace elu::torch

#endif  // ELU_TORCH_OPERATORS_H_
