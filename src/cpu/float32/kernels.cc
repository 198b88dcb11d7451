#include "src/cpu/disabled-targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "src/cpu/float32/kernels.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "src/cpu/careful/kernels-inl.h"
#include "src/cpu/careful/unit-inl.h"
#include "src/cpu/float32/fast-forward-inl.h"
#include "src/cpu/float32/fast-gradients-inl.h"
#include "src/cpu/float32/quick-inl.h"
#include "src/cpu/float32/ties.h"
#include "src/cpu/float32/ziv-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

using Accurate = KernelsOf<StoredFloat32>;

// `careful` by its quick counterpart where that takes it. Not inline, and nor is the next: with the loops of other ops
// in one function a loop finds fewer registers.
template <class Quick, class Careful, class... In>
HWY_NOINLINE void RunTested(const Careful& careful, size_t n, float* out, const In*... in) {
  const Lanes<StoredFloat32> d;
  if (!Quick::Takes(careful)) return Map(d, CorrectlyRounded<StoredFloat32, Careful>{careful}, n, out, in...);
  Map(d, Tested<Quick, Careful>(careful), n, out, in...);
}

template <class Quick, class Careful, class... In>
HWY_NOINLINE void RunBesideTies(const Careful& careful, double scale, size_t n, float* out, const In*... in) {
  Map(Lanes<StoredFloat32>(), Tested<Quick, Careful>(careful, scale), n, out, in...);
}

// RunTested, by BesideTies if the products with scale would need many tests.
template <class Quick, class BesideTies, class Careful, class... In>
void RunScaled(const Careful& careful, double scale, size_t n, float* out, const In*... in) {
  if (n >= kManyProducts && Quick::Takes(careful)) {
    if (const auto beside = FactorBesideTies(scale)) return RunBesideTies<BesideTies>(careful, *beside, n, out, in...);
  }
  RunTested<Quick>(careful, n, out, in...);
}

// ELU with alpha 1, from constants.
class UnitForwardOp {
 public:
  template <class D, class V>
  HWY_INLINE V operator()(D d, V x) const {
    return kOp(d, x);
  }
#if HWY_TARGET != HWY_SCALAR
  template <class D, class V>
  HWY_INLINE void Several(D d, V (&results)[kBlock], size_t i, const float* x) const {
    kOp.Several(d, results, i, x);
  }
#endif

 private:
  static constexpr ForwardOp kCareful{kUnitCoefficients};
  static constexpr Tested<QuickIdentityOp, ForwardOp> kOp{kCareful};
};

void Forward(const float* x, float* y, size_t n, const Coefficients& c) {
  if (IsUnit(c)) return Map(Lanes<StoredFloat32>(), UnitForwardOp(), n, y, x);
  const ForwardOp forward{c};
  if (QuickIdentityOp::Takes(forward)) return RunTested<QuickIdentityOp>(forward, n, y, x);
  RunScaled<QuickForwardOp, QuickForwardBesideTiesOp>(forward, c.scale, n, y, x);
}
void Derivative(const float* x, float* dydx, size_t n, const Coefficients& c) {
  RunTested<QuickExponentialOp>(DerivativeOp(c), n, dydx, x);
}
void SecondDerivative(const float* x, float* d2, size_t n, const Coefficients& c) {
  RunTested<QuickExponentialOp>(SecondDerivativeOp(c), n, d2, x);
}
void PlusOne(const float* x, float* y, size_t n, const Coefficients&) {
  RunTested<QuickPlusOneOp>(PlusOneOp(), n, y, x);
}
void Backward(const float* dy, const float* x, float* dx, size_t n, const Coefficients& c) {
  const ProductOp<ExponentialOp> product{DerivativeOp(c)};
  RunScaled<QuickProductOp, QuickProductBesideTiesOp>(product, c.scale, n, dx, x, dy);
}
void DoubleBackward(const float* ddx, const float* dy, const float* x, float* dx, size_t n, const Coefficients& c) {
  RunTested<QuickProductBesideTiesOp>(ProductOp<ExponentialOp>{SecondDerivativeOp(c)}, n, dx, x, dy, ddx);
}

void DerivativeFromOutput(const float* y, float* dydx, size_t n, const Coefficients& c) {
  if (IsUnit(c)) return Map(hn::ScalableTag<float>(), UnitDerivativeFromOutputOp(), n, dydx, y);
  Accurate::DerivativeFromOutput(y, dydx, n, c);
}

void BackwardFromOutput(const float* dy, const float* y, float* dx, size_t n, const Coefficients& c) {
#if HWY_NATIVE_FMA
  if (IsUnit(c)) return Map(hn::ScalableTag<float>(), UnitBackwardFromOutputOp(), n, dx, y, dy);
#endif
  Accurate::BackwardFromOutput(dy, y, dx, n, c);
}

#if HWY_NATIVE_FMA
// The fast mode: in floats, by the first op that takes what it is for. False if none does.
template <class... Ops, class For, class... In>
bool RunInFloats(const For& what, size_t n, float* out, const In*... in) {
  const hn::ScalableTag<float> d;
  return (... || (Ops::Takes(what) && (Map(d, Ops(what), n, out, in...), true)));
}

void FastForward(const float* x, float* y, size_t n, const Coefficients& c) {
  if (RunInFloats<FastUnitForwardOp, FastForwardOp<true, true>, FastForwardOp<true, false>, FastForwardOp<false, true>,
                  FastForwardOp<false, false>>(c, n, y, x)) {
    return;
  }
  Forward(x, y, n, c);
}
void FastDerivative(const float* x, float* dydx, size_t n, const Coefficients& c) {
  if (RunInFloats<FastExponentialOp<true>, FastExponentialOp<false>>(DerivativeOp(c), n, dydx, x)) return;
  Derivative(x, dydx, n, c);
}
void FastSecondDerivative(const float* x, float* d2, size_t n, const Coefficients& c) {
  if (!RunInFloats<FastExponentialOp<false>>(SecondDerivativeOp(c), n, d2, x)) SecondDerivative(x, d2, n, c);
}
void FastPlusOne(const float* x, float* y, size_t n, const Coefficients&) {
  Map(hn::ScalableTag<float>(), FastPlusOneOp(PlusOneOp()), n, y, x);
}
void FastBackward(const float* dy, const float* x, float* dx, size_t n, const Coefficients& c) {
  const ProductOp<ExponentialOp> product{DerivativeOp(c)};
  if (!RunInFloats<FastBackwardOp<true>, FastBackwardOp<false>>(product, n, dx, x, dy)) Backward(dy, x, dx, n, c);
}
#endif

const Kernels<float>* Float32Kernels() {
  static constexpr Kernels<float> kernels = {Forward, Derivative, DerivativeFromOutput, SecondDerivative,
                                             PlusOne, Backward,   BackwardFromOutput,   DoubleBackward};
  return &kernels;
}

// Targets without fused operations have no other mode than accurate.
const Kernels<float>* FastFloat32Kernels() {
#if HWY_NATIVE_FMA
  static constexpr Kernels<float> kernels = {FastForward, FastDerivative, DerivativeFromOutput, FastSecondDerivative,
                                             FastPlusOne, FastBackward,   BackwardFromOutput,   DoubleBackward};
  return &kernels;
#else
  return Float32Kernels();
#endif
}

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "src/cpu/targets.h"

namespace elu::cpu {

HWY_EXPORT(Float32Kernels);
HWY_EXPORT(FastFloat32Kernels);
const Kernels<float>& Float32() { return *ELU_DISPATCH(Float32Kernels)(); }
const Kernels<float>& FastFloat32() { return *ELU_DISPATCH(FastFloat32Kernels)(); }

}  // namespace elu::cpu
#endif  // HWY_ONCE
