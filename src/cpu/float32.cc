#include "cpu/disabled-targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cpu/float32.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "cpu/fast-inl.h"
#include "cpu/kernels-inl.h"
#include "cpu/plain-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

using Accurate = KernelsOf<StoredFloat32, CorrectlyRounded>;

void DerivativeFromOutput(const float* y, float* dydx, size_t n, const Coefficients& c) {
  if (IsPlain(c)) return Map(hn::ScalableTag<float>(), PlainDerivativeFromOutputOp(), n, dydx, y);
  Accurate::DerivativeFromOutput(y, dydx, n, c);
}

void BackwardFromOutput(const float* dy, const float* y, float* dx, size_t n, const Coefficients& c) {
#if HWY_NATIVE_FMA
  if (IsPlain(c)) return Map(hn::ScalableTag<float>(), PlainBackwardFromOutputOp(), n, dx, dy, y);
#endif
  Accurate::BackwardFromOutput(dy, y, dx, n, c);
}

#if HWY_NATIVE_FMA
void FastForward(const float* x, float* y, size_t n, const Coefficients& c) {
  if (!FastForwardOp::Takes(c)) return KernelsOf<StoredFloat32, RoundedOnce>::Forward(x, y, n, c);
  Map(hn::ScalableTag<float>(), FastForwardOp(c), n, y, x);
}
#endif

template <template <class, class> class Rounding>
constexpr Kernels<float> Table() {
  Kernels<float> kernels = KernelsOf<StoredFloat32, Rounding>::Table();
  kernels.derivative_from_output = DerivativeFromOutput;
  kernels.backward_from_output = BackwardFromOutput;
  return kernels;
}

const Kernels<float>* Float32Kernels() {
  static constexpr Kernels<float> kernels = Table<CorrectlyRounded>();
  return &kernels;
}

const Kernels<float>* FastFloat32Kernels() {
#if HWY_NATIVE_FMA
  static constexpr Kernels<float> kernels = [] {
    Kernels<float> table = Table<RoundedOnce>();
    table.forward = FastForward;
    return table;
  }();
#else
  static constexpr Kernels<float> kernels = Table<RoundedOnce>();
#endif
  return &kernels;
}

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "cpu/targets.h"

namespace elu::cpu {

HWY_EXPORT(Float32Kernels);
HWY_EXPORT(FastFloat32Kernels);
const Kernels<float>& Float32() { return *ELU_DISPATCH(Float32Kernels)(); }
const Kernels<float>& FastFloat32() { return *ELU_DISPATCH(FastFloat32Kernels)(); }

}  // namespace elu::cpu
#endif  // HWY_ONCE
