#include "kernels.h"

#include <ATen/CPUFunctions.h>
#include <ATen/Parallel.h>
#include <ATen/ops/empty_like.h>

#include <atomic>
#include <cstdint>
#include <optional>

#include "elu/elu.h"

namespace elu::torch {
namespace {

using at::Scalar;
using at::Tensor;

std::atomic<bool> active{false};

// Elements that are worth a thread: as many as PyTorch's own kernels take.
constexpr int64_t kGrain = 32768;

bool Contiguous(const Tensor& t) {
  return t.scalar_type() == at::kFloat && t.layout() == at::kStrided && t.is_contiguous() && !t.is_neg() &&
         !t._is_zerotensor();
}

// Two tensors that elu's kernels may read and write side by side: of one shape, and the same memory or none in common.
// Addresses are compared: two storages may share memory, such as views of one NumPy array.
bool Paired(const Tensor& in, const Tensor& out) {
  if (!Contiguous(in) || !Contiguous(out) || in.sizes() != out.sizes()) return false;
  const auto a = reinterpret_cast<std::uintptr_t>(in.const_data_ptr());
  const auto b = reinterpret_cast<std::uintptr_t>(out.const_data_ptr());
  return a == b || (a > b ? a - b : b - a) >= in.nbytes();
}

// PyTorch's own kernels forget the strides of dimensions of size 1; so do these results.
Tensor EmptyLike(const Tensor& t) { return at::empty_like(t, at::MemoryFormat::Contiguous); }

// What a call asks for.
enum class Pass { forward, backward, backward_from_output };

Pass GradientOf(bool is_result) { return is_result ? Pass::backward_from_output : Pass::backward; }

// Of CELU's 1 / alpha PyTorch's gradient brings the copy 1 / float(alpha): where it is that copy, 1 / alpha was meant.
// 1 itself is ELU's.
double GradientInputScale(const elu_params& p) {
  const double copy = 1.0 / static_cast<double>(static_cast<float>(p.alpha));
  return p.scale == 1.0 && p.input_scale != 1.0 && p.input_scale == copy ? 1.0 / p.alpha : p.input_scale;
}

// The parameters, if elu is switched on and admits them for this pass; complex ones are not for us.
std::optional<elu_params> Admitted(Pass pass, const Scalar& alpha, const Scalar& scale, const Scalar& input_scale) {
  if (!Active() || alpha.isComplex() || scale.isComplex() || input_scale.isComplex()) return std::nullopt;
  elu_params p = {alpha.toDouble(), scale.toDouble(), input_scale.toDouble()};
  if (pass != Pass::forward) p.input_scale = GradientInputScale(p);
  const elu_status status = pass == Pass::backward_from_output
                                ? elu_backward_from_output_f32(nullptr, nullptr, nullptr, 0, &p)
                                : elu_forward_f32(nullptr, nullptr, 0, &p, ELU_ACCURATE);
  return status == ELU_OK ? std::optional(p) : std::nullopt;
}

void Forward(const Tensor& x, Tensor& y, const elu_params& p) {
  const float* from = x.const_data_ptr<float>();
  float* to = y.mutable_data_ptr<float>();
  at::parallel_for(0, x.numel(), kGrain, [&](int64_t begin, int64_t end) {
    const elu_status status =
        elu_forward_f32(from + begin, to + begin, static_cast<size_t>(end - begin), &p, ELU_ACCURATE);
    TORCH_INTERNAL_ASSERT(status == ELU_OK, elu_status_text(status));
  });
}

void Backward(const Tensor& dy, const Tensor& at, Tensor& dx, const elu_params& p, bool from_output) {
  const float *dy_data = dy.const_data_ptr<float>(), *at_data = at.const_data_ptr<float>();
  float* dx_data = dx.mutable_data_ptr<float>();
  at::parallel_for(0, dy.numel(), kGrain, [&](int64_t begin, int64_t end) {
    const size_t n = static_cast<size_t>(end - begin);
    const elu_status status =
        from_output ? elu_backward_from_output_f32(dy_data + begin, at_data + begin, dx_data + begin, n, &p)
                    : elu_backward_f32(dy_data + begin, at_data + begin, dx_data + begin, n, &p, ELU_ACCURATE);
    TORCH_INTERNAL_ASSERT(status == ELU_OK, elu_status_text(status));
  });
}

}  // namespace

void SetActive(bool value) { active.store(value, std::memory_order_release); }

bool Active() { return active.load(std::memory_order_acquire); }

Tensor Elu(const Tensor& self, const Scalar& alpha, const Scalar& scale, const Scalar& input_scale) {
  const auto p = Admitted(Pass::forward, alpha, scale, input_scale);
  if (!p || !Contiguous(self)) return at::cpu::elu(self, alpha, scale, input_scale);
  Tensor out = EmptyLike(self);
  Forward(self, out, *p);
  return out;
}

Tensor& EluInPlace(Tensor& self, const Scalar& alpha, const Scalar& scale, const Scalar& input_scale) {
  const auto p = Admitted(Pass::forward, alpha, scale, input_scale);
  if (!p || !Contiguous(self)) return at::cpu::elu_(self, alpha, scale, input_scale);
  Forward(self, self, *p);
  return self;
}

Tensor& EluOut(const Tensor& self, const Scalar& alpha, const Scalar& scale, const Scalar& input_scale, Tensor& out) {
  const auto p = Admitted(Pass::forward, alpha, scale, input_scale);
  if (!p || !Paired(self, out)) return at::cpu::elu_outf(self, alpha, scale, input_scale, out);
  Forward(self, out, *p);
  return out;
}

Tensor EluBackward(const Tensor& grad_output, const Scalar& alpha, const Scalar& scale, const Scalar& input_scale,
                   bool is_result, const Tensor& self_or_result) {
  const auto p = Admitted(GradientOf(is_result), alpha, scale, input_scale);
  if (!p || !Contiguous(grad_output) || !Contiguous(self_or_result) ||
      grad_output.sizes() != self_or_result.sizes()) {
    return at::cpu::elu_backward(grad_output, alpha, scale, input_scale, is_result, self_or_result);
  }
  Tensor grad_input = EmptyLike(grad_output);
  Backward(grad_output, self_or_result, grad_input, *p, is_result);
  return grad_input;
}

Tensor& EluBackwardOut(const Tensor& grad_output, const Scalar& alpha, const Scalar& scale, const Scalar& input_scale,
                       bool is_result, const Tensor& self_or_result, Tensor& grad_input) {
  const auto p = Admitted(GradientOf(is_result), alpha, scale, input_scale);
  if (!p || !Paired(grad_output, grad_input) || !Paired(self_or_result, grad_input)) {
    return at::cpu::elu_backward_outf(grad_output, alpha, scale, input_scale, is_result, self_or_result, grad_input);
  }
  Backward(grad_output, self_or_result, grad_input, *p, is_result);
  return grad_input;
}

}  // namespace elu::torch
