// The functions that take the place of PyTorch's CPU kernels for aten::elu and its gradient. Each unpacks, checks, and
// calls elu's kernel or, for what that does not handle, PyTorch's own.
#ifndef ELU_TORCH_DROP_IN_H_
#define ELU_TORCH_DROP_IN_H_

#include <ATen/core/Tensor.h>
#include <c10/core/Scalar.h>

namespace elu::torch {

at::Tensor Elu(const at::Tensor& self, const at::Scalar& alpha, const at::Scalar& scale, const at::Scalar& input_scale);
at::Tensor& EluInPlace(at::Tensor& self, const at::Scalar& alpha, const at::Scalar& scale,
                       const at::Scalar& input_scale);
at::Tensor& EluOut(const at::Tensor& self, const at::Scalar& alpha, const at::Scalar& scale,
                   const at::Scalar& input_scale, at::Tensor& out);
at::Tensor EluBackward(const at::Tensor& grad_output, const at::Scalar& alpha, const at::Scalar& scale,
                       const at::Scalar& input_scale, bool is_result, const at::Tensor& self_or_result);
at::Tensor& EluBackwardOut(const at::Tensor& grad_output, const at::Scalar& alpha, const at::Scalar& scale,
                           const at::Scalar& input_scale, bool is_result, const at::Tensor& self_or_result,
                           at::Tensor& grad_input);

}  // namespace elu::torch

#endif  // ELU_TORCH_DROP_IN_H_
