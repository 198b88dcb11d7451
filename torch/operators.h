// The operators of the namespace `elu`, called through PyTorch's dispatcher.
#ifndef ELU_TORCH_OPERATORS_H_
#define ELU_TORCH_OPERATORS_H_

#include <ATen/core/Tensor.h>

#include <string>

#include "elu/elu.h"

namespace elu::torch {

// What an operator computes of its tensors (factors..., x).
struct Operation {
  bool plus_one;  // plus_one(x), whose derivatives are those of ELU at alpha 1; otherwise f(x)
  elu_params params;
  std::string accuracy;
};

// elu::elu or elu::plus_one of (x), elu::elu_backward of (dy, x), elu::elu_double_backward of (ddx, dy, x).
at::Tensor Dispatch(const Operation& operation, at::TensorList tensors);

}  // namespace elu::torch

#endif  // ELU_TORCH_OPERATORS_H_
