#include "src/cpu/disabled-targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "src/cpu/float32/kernels.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "src/cpu/careful/kernels-inl.h"
#include "src/cpu/careful/unit-inl.h"
#include "src/cpu/float32/constants.h"
#include "src/cpu/float32/fast-forward-inl.h"
#include "src/cpu/float32/fast-gradients-inl.h"
#include "src/cpu/float32/quick-inl.h"
#include "src/cpu/float32/ties.h"
#include "src/cpu/float32/ziv-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

namespace float32 {

using Careful = careful::Functions<StoredFloat32>;

// `careful` by its quick counterpart where that takes it. Not inline, and nor is the next: with the loops of other ops
// in one function a loop finds fewer registers.
template <class Quick, class Careful, class... In>
HWY_NOINLINE void RunZiv(const Careful& careful, size_t n, float* out, const In*... in) {
  const Lanes<StoredFloat32> d;
  if (!Quick::Takes(careful)) return Map(d, careful::Ziv<StoredFloat32, Careful>{careful}, n, out, in...);
  Map(d, Ziv<Quick, Careful>(careful), n, out, in...);
}

template <class Quick, class Careful, class... In>
HWY_NOINLINE void RunBesideTies(const Careful& careful, double scale, size_t n, float* out, const In*... in) {
  Map(Lanes<StoredFloat32>(), Ziv<Quick, Careful>(careful, scale), n, out, in...);
}

// RunZiv, by BesideTies if the products with scale would need many tests.
template <class Quick, class BesideTies, class Careful, class... In>
void RunScaled(const Careful& careful, double scale, size_t n, float* out, const In*... in) {
  if (n >= kManyProducts && Quick::Takes(careful)) {
    if (const auto beside = FactorBesideTies(scale)) return RunBesideTies<BesideTies>(careful, *beside, n, out, in...);
  }
  RunZiv<Quick>(careful, n, out, in...);
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
  static constexpr careful::ForwardOp kCareful{kUnitCoefficients};
  static constexpr Ziv<quick::UnitSlopeForwardOp, careful::ForwardOp> kOp{kCareful};
};

void Forward(const float* x, float* y, size_t n, const Coefficients& c) {
  if (IsUnit(c)) return Map(Lanes<StoredFloat32>(), UnitForwardOp(), n, y, x);
  const careful::ForwardOp forward{c};
  if (quick::UnitSlopeForwardOp::Takes(forward)) return RunZiv<quick::UnitSlopeForwardOp>(forward, n, y, x);
  RunScaled<quick::ForwardOp, quick::ForwardBesideTiesOp>(forward, c.scale, n, y, x);
}
void Derivative(const float* x, float* dydx, size_t n, const Coefficients& c) {
  RunZiv<quick::ExponentialOp>(careful::ExponentialOp{DerivativeOf(c)}, n, dydx, x);
}
void SecondDerivative(const float* x, float* d2, size_t n, const Coefficients& c) {
  RunZiv<quick::ExponentialOp>(careful::ExponentialOp{SecondDerivativeOf(c)}, n, d2, x);
}
void PlusOne(const float* x, float* y, size_t n, const Coefficients&) {
  RunZiv<quick::PlusOneOp>(careful::PlusOneOp(), n, y, x);
}
void Backward(const float* dy, const float* x, float* dx, size_t n, const Coefficients& c) {
  const careful::BackwardOp product{{DerivativeOf(c)}};
  RunScaled<quick::ProductOp, quick::ProductBesideTiesOp>(product, c.scale, n, dx, x, dy);
}
void DoubleBackward(const float* ddx, const float* dy, const float* x, float* dx, size_t n, const Coefficients& c) {
  RunZiv<quick::ProductBesideTiesOp>(careful::BackwardOp{{SecondDerivativeOf(c)}}, n, dx, x, dy, ddx);
}

void DerivativeFromOutput(const float* y, float* dydx, size_t n, const Coefficients& c) {
  if (IsUnit(c)) return Map(hn::ScalableTag<float>(), UnitDerivativeFromOutputOp(), n, dydx, y);
  Careful::DerivativeFromOutput(y, dydx, n, c);
}

void BackwardFromOutput(const float* dy, const float* y, float* dx, size_t n, const Coefficients& c) {
#if HWY_NATIVE_FMA
  if (IsUnit(c)) return Map(hn::ScalableTag<float>(), UnitBackwardFromOutputOp(), n, dx, y, dy);
#endif
  Careful::BackwardFromOutput(dy, y, dx, n, c);
}

#if HWY_NATIVE_FMA
// The fast mode: in floats, by the first op that takes what it is for. False if none does.
template <class... Ops, class For, class... In>
bool RunInFloats(const For& what, size_t n, float* out, const In*... in) {
  const hn::ScalableTag<float> d;
  return (... || (Ops::Takes(what) && (Map(d, Ops(what), n, out, in...), true)));
}

void FastForward(const float* x, float* y, size_t n, const Coefficients& c) {
  if (RunInFloats<fast::UnitForwardOp, fast::ForwardOp<InputScale::kUnit, fast::Scale::kOneFloat>,
                  fast::ForwardOp<InputScale::kUnit, fast::Scale::kTwoFloats>,
                  fast::ForwardOp<InputScale::kAny, fast::Scale::kOneFloat>,
                  fast::ForwardOp<InputScale::kAny, fast::Scale::kTwoFloats>>(c, n, y, x)) {
    return;
  }
  Forward(x, y, n, c);
}
void FastDerivative(const float* x, float* dydx, size_t n, const Coefficients& c) {
  if (RunInFloats<fast::ExponentialOp<Parameters::kUnit>, fast::ExponentialOp<Parameters::kAny>>(DerivativeOf(c), n,
                                                                                                 dydx, x))
    return;
  Derivative(x, dydx, n, c);
}
void FastSecondDerivative(const float* x, float* d2, size_t n, const Coefficients& c) {
  if (!RunInFloats<fast::ExponentialOp<Parameters::kAny>>(SecondDerivativeOf(c), n, d2, x))
    SecondDerivative(x, d2, n, c);
}
void FastPlusOne(const float* x, float* y, size_t n, const Coefficients&) {
  Map(hn::ScalableTag<float>(), fast::PlusOneOp(), n, y, x);
}
void FastBackward(const float* dy, const float* x, float* dx, size_t n, const Coefficients& c) {
  const careful::BackwardOp product{{DerivativeOf(c)}};
  if (!RunInFloats<fast::BackwardOp<Parameters::kUnit>, fast::BackwardOp<Parameters::kAny>>(product, n, dx, x, dy))
    Backward(dy, x, dx, n, c);
}
#endif

}  // namespace float32

const Kernels<float>* Float32Kernels() {
  static constexpr Kernels<float> kernels = {
      float32::Forward, float32::Derivative, float32::DerivativeFromOutput, float32::SecondDerivative,
      float32::PlusOne, float32::Backward,   float32::BackwardFromOutput,   float32::DoubleBackward};
  return &kernels;
}

// Targets without fused operations have no other mode than accurate.
const Kernels<float>* FastFloat32Kernels() {
#if HWY_NATIVE_FMA
  static constexpr Kernels<float> kernels = {
      float32::FastForward, float32::FastDerivative, float32::DerivativeFromOutput, float32::FastSecondDerivative,
      float32::FastPlusOne, float32::FastBackward,   float32::BackwardFromOutput,   float32::DoubleBackward};
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
