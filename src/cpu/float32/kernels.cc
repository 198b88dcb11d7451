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

// `careful` by its quick counterpart where that takes it. This function and the next are not inlined: a loop that
// shares its function with the loops of other ops finds fewer registers.
template <class Quick, class CarefulOp, class... In>
HWY_NOINLINE void RunZiv(const CarefulOp& careful, size_t n, float* out, const In*... in) {
  const Lanes<StoredFloat32> d;
  if (!Quick::Takes(careful)) return Map(d, careful::Ziv<StoredFloat32, CarefulOp>{careful}, n, out, in...);
  Map(d, Ziv<Quick, CarefulOp>(careful), n, out, in...);
}

template <class Quick, class CarefulOp, class... In>
HWY_NOINLINE void RunBesideTies(const CarefulOp& careful, double scale, size_t n, float* out, const In*... in) {
  Map(Lanes<StoredFloat32>(), Ziv<Quick, CarefulOp>(careful, scale), n, out, in...);
}

// RunZiv; or by BesideTies where the products with scale would often need the test.
template <class Quick, class BesideTies, class CarefulOp, class... In>
void RunScaled(const CarefulOp& careful, double scale, size_t n, float* out, const In*... in) {
  if (n >= kManyProducts && Quick::Takes(careful)) {
    if (const auto beside = FactorBesideTies(scale)) return RunBesideTies<BesideTies>(careful, *beside, n, out, in...);
  }
  RunZiv<Quick>(careful, n, out, in...);
}

// ELU with alpha 1. An op without members, so that the compiler knows the constants of the loop: Map copies its op, and
// what the copy of a Ziv held it would have to load.
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

struct Functions {
  using Careful = careful::Functions<StoredFloat32>;

  static void Forward(const float* x, float* y, size_t n, const Coefficients& c) {
    if (IsUnit(c)) return Map(Lanes<StoredFloat32>(), UnitForwardOp(), n, y, x);
    const careful::ForwardOp forward{c};
    if (quick::UnitSlopeForwardOp::Takes(forward)) return RunZiv<quick::UnitSlopeForwardOp>(forward, n, y, x);
    RunScaled<quick::ForwardOp, quick::ForwardBesideTiesOp>(forward, c.scale, n, y, x);
  }
  static void Derivative(const float* x, float* dydx, size_t n, const Coefficients& c) {
    RunZiv<quick::ExponentialOp>(careful::ExponentialOp{DerivativeOf(c)}, n, dydx, x);
  }
  static void SecondDerivative(const float* x, float* d2, size_t n, const Coefficients& c) {
    RunZiv<quick::ExponentialOp>(careful::ExponentialOp{SecondDerivativeOf(c)}, n, d2, x);
  }
  static void PlusOne(const float* x, float* y, size_t n, const Coefficients&) {
    RunZiv<quick::PlusOneOp>(careful::PlusOneOp(), n, y, x);
  }
  static void Backward(const float* dy, const float* x, float* dx, size_t n, const Coefficients& c) {
    const careful::BackwardOp product{{DerivativeOf(c)}};
    RunScaled<quick::ProductOp, quick::ProductBesideTiesOp>(product, c.scale, n, dx, x, dy);
  }
  static void DoubleBackward(const float* ddx, const float* dy, const float* x, float* dx, size_t n,
                             const Coefficients& c) {
    RunZiv<quick::ProductBesideTiesOp>(careful::BackwardOp{{SecondDerivativeOf(c)}}, n, dx, x, dy, ddx);
  }
  static void DerivativeFromOutput(const float* y, float* dydx, size_t n, const Coefficients& c) {
    if (IsUnit(c)) return Map(hn::ScalableTag<float>(), UnitDerivativeFromOutputOp(), n, dydx, y);
    Careful::DerivativeFromOutput(y, dydx, n, c);
  }
  static void BackwardFromOutput(const float* dy, const float* y, float* dx, size_t n, const Coefficients& c) {
#if HWY_NATIVE_FMA
    if (IsUnit(c)) return Map(hn::ScalableTag<float>(), UnitBackwardFromOutputOp(), n, dx, y, dy);
#endif
    Careful::BackwardFromOutput(dy, y, dx, n, c);
  }
};

#if HWY_NATIVE_FMA
// By the first of the fast ops that takes what it is for: parameters, or an op. False if none does.
template <class... Ops, class For, class... In>
bool RunInFloats(const For& what, size_t n, float* out, const In*... in) {
  const hn::ScalableTag<float> d;
  return (... || (Ops::Takes(what) && (Map(d, Ops(what), n, out, in...), true)));
}

// The fast mode; what is not here is accurate.
struct FastFunctions : Functions {
  using UnitExponentialOp = fast::ExponentialOp<Parameters::kUnit>;
  using ExponentialOp = fast::ExponentialOp<Parameters::kAny>;
  using UnitBackwardOp = fast::BackwardOp<Parameters::kUnit>;
  using BackwardOp = fast::BackwardOp<Parameters::kAny>;
  template <InputScale kInputScale, fast::Scale kScale>
  using ForwardOp = fast::ForwardOp<kInputScale, kScale>;

  static void Forward(const float* x, float* y, size_t n, const Coefficients& c) {
    using enum fast::Scale;
    if (RunInFloats<fast::UnitForwardOp, ForwardOp<InputScale::kUnit, kOneFloat>,
                    ForwardOp<InputScale::kUnit, kTwoFloats>, ForwardOp<InputScale::kAny, kOneFloat>,
                    ForwardOp<InputScale::kAny, kTwoFloats>>(c, n, y, x)) {
      return;
    }
    Functions::Forward(x, y, n, c);
  }
  static void Derivative(const float* x, float* dydx, size_t n, const Coefficients& c) {
    if (RunInFloats<UnitExponentialOp, ExponentialOp>(DerivativeOf(c), n, dydx, x)) return;
    Functions::Derivative(x, dydx, n, c);
  }
  static void SecondDerivative(const float* x, float* d2, size_t n, const Coefficients& c) {
    if (!RunInFloats<ExponentialOp>(SecondDerivativeOf(c), n, d2, x)) Functions::SecondDerivative(x, d2, n, c);
  }
  static void PlusOne(const float* x, float* y, size_t n, const Coefficients&) {
    Map(hn::ScalableTag<float>(), fast::PlusOneOp(), n, y, x);
  }
  static void Backward(const float* dy, const float* x, float* dx, size_t n, const Coefficients& c) {
    const careful::BackwardOp product{{DerivativeOf(c)}};
    if (!RunInFloats<UnitBackwardOp, BackwardOp>(product, n, dx, x, dy)) Functions::Backward(dy, x, dx, n, c);
  }
};
#else
using FastFunctions = Functions;  // the fast ops need fused operations
#endif

}  // namespace float32

const Kernels<float>* Float32Kernels() {
  static constexpr Kernels<float> kernels = Kernels<float>::Of<float32::Functions>();
  return &kernels;
}

const Kernels<float>* FastFloat32Kernels() {
  static constexpr Kernels<float> kernels = Kernels<float>::Of<float32::FastFunctions>();
  return &kernels;
}

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "src/cpu/targets.h"

namespace elu::cpu {

ELU_EXPORT(Float32Kernels);
ELU_EXPORT(FastFloat32Kernels);
const Kernels<float>& Float32() { return *ELU_DISPATCH(Float32Kernels)(); }
const Kernels<float>& FastFloat32() { return *ELU_DISPATCH(FastFloat32Kernels)(); }

}  // namespace elu::cpu
#endif  // HWY_ONCE
