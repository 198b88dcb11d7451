#include "torch/drop_in.h"

#include <ATen/CPUFunctions.h>
#include <ATen/EmptyTensor.h>
#include <ATen/TensorIterator.h>

#include <cstdint>
#include <optional>

#include "torch/iterate.h"
#include "torch/parameters.h"
#include "torch/switch.h"

namespace elu::torch {
namespace {

using at::Scalar;
using at::Tensor;

// Strided memory of this number type that holds the numbers themselves. Of two types PyTorch promotes, or refuses.
bool Plain(const Tensor& t, at::ScalarType dtype) {
  return t.scalar_type() == dtype && t.layout() == at::kStrided && t.is_cpu() && !t.is_neg() && !t._is_zerotensor();
}

// Elements in a row, too few for threads: these need no iterator, which costs as much as some hundred elements.
bool ShortRow(const Tensor& t) { return t.is_contiguous() && t.numel() <= kGrain; }

// Two short rows that elu's kernels may read and write side by side: of one shape, in the same memory or apart.
// Addresses are compared: two storages may share memory, such as views of one NumPy array.
bool Paired(const Tensor& in, const Tensor& out) {
  if (!ShortRow(in) || !out.is_contiguous() || in.sizes() != out.sizes()) return false;
  const auto a = reinterpret_cast<std::uintptr_t>(in.const_data_ptr());
  const auto b = reinterpret_cast<std::uintptr_t>(out.const_data_ptr());
  return a == b || (a > b ? a - b : b - a) >= in.nbytes();
}

// PyTorch's own kernels forget the strides of dimensions of size 1; so do these results.
Tensor EmptyLike(const Tensor& t) { return at::detail::empty_cpu(t.sizes(), t.scalar_type()); }

void RunShortRow(const Call& call, at::ArrayRef<const void*> in, const Tensor& out) {
  RunInOneRow(call, in, out.mutable_data_ptr(), out.numel());
}

// Into `out`, which the iterator makes if it is undefined, and else resizes or refuses as PyTorch's own kernel does.
Tensor Run(const Call& call, at::TensorIterator iterator) {
  RunIterator(call, iterator);
  return iterator.output();
}

// Whether a call is for elu, which is counted while elu is switched on.
bool Take(bool ours) {
  if (ours) {
    CountHandled();
  } else if (Active()) {
    CountPassedOn();
  }
  return ours;
}

Function GradientOf(bool is_result) { return is_result ? Function::backward_from_output : Function::backward; }

}  // namespace

Tensor Elu(const Tensor& self, const Scalar& alpha, const Scalar& scale, const Scalar& input_scale) {
  const auto call = Admitted(Function::forward, self.scalar_type(), alpha, scale, input_scale);
  if (!Take(call && Plain(self, self.scalar_type()))) return at::cpu::elu(self, alpha, scale, input_scale);
  Tensor out;
  if (!ShortRow(self)) return Run(*call, at::TensorIterator::unary_op(out, self));
  out = EmptyLike(self);
  RunShortRow(*call, {self.const_data_ptr()}, out);
  return out;
}

Tensor& EluInPlace(Tensor& self, const Scalar& alpha, const Scalar& scale, const Scalar& input_scale) {
  const auto call = Admitted(Function::forward, self.scalar_type(), alpha, scale, input_scale);
  if (!Take(call && Plain(self, self.scalar_type()))) return at::cpu::elu_(self, alpha, scale, input_scale);
  if (ShortRow(self)) {
    RunShortRow(*call, {self.const_data_ptr()}, self);
  } else {
    Run(*call, at::TensorIterator::unary_op(self, self));
  }
  return self;
}

Tensor& EluOut(const Tensor& self, const Scalar& alpha, const Scalar& scale, const Scalar& input_scale, Tensor& out) {
  const auto call = Admitted(Function::forward, self.scalar_type(), alpha, scale, input_scale);
  if (!Take(call && Plain(self, self.scalar_type()) && Plain(out, self.scalar_type()))) {
    return at::cpu::elu_outf(self, alpha, scale, input_scale, out);
  }
  if (Paired(self, out)) {
    RunShortRow(*call, {self.const_data_ptr()}, out);
  } else {
    Run(*call, at::TensorIterator::unary_op(out, self));
  }
  return out;
}

Tensor EluBackward(const Tensor& grad_output, const Scalar& alpha, const Scalar& scale, const Scalar& input_scale,
                   bool is_result, const Tensor& self_or_result) {
  const at::ScalarType dtype = grad_output.scalar_type();
  const auto call = Admitted(GradientOf(is_result), dtype, alpha, scale, input_scale);
  if (!Take(call && Plain(grad_output, dtype) && Plain(self_or_result, dtype))) {
    return at::cpu::elu_backward(grad_output, alpha, scale, input_scale, is_result, self_or_result);
  }
  Tensor grad_input;
  if (!ShortRow(grad_output) || !self_or_result.is_contiguous() || grad_output.sizes() != self_or_result.sizes()) {
    return Run(*call, at::TensorIterator::binary_op(grad_input, grad_output, self_or_result));
  }
  grad_input = EmptyLike(grad_output);
  RunShortRow(*call, {grad_output.const_data_ptr(), self_or_result.const_data_ptr()}, grad_input);
  return grad_input;
}

Tensor& EluBackwardOut(const Tensor& grad_output, const Scalar& alpha, const Scalar& scale, const Scalar& input_scale,
                       bool is_result, const Tensor& self_or_result, Tensor& grad_input) {
  const at::ScalarType dtype = grad_output.scalar_type();
  const auto call = Admitted(GradientOf(is_result), dtype, alpha, scale, input_scale);
  if (!Take(call && Plain(grad_output, dtype) && Plain(self_or_result, dtype) && Plain(grad_input, dtype))) {
    return at::cpu::elu_backward_outf(grad_output, alpha, scale, input_scale, is_result, self_or_result, grad_input);
  }
  if (Paired(grad_output, grad_input) && Paired(self_or_result, grad_input)) {
    RunShortRow(*call, {grad_output.const_data_ptr(), self_or_result.const_data_ptr()}, grad_input);
  } else {
    Run(*call, at::TensorIterator::binary_op(grad_input, grad_output, self_or_result));
  }
  return grad_input;
}

}  // namespace elu::torch
