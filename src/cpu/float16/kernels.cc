// The two 16-bit types: binary16 and bfloat16.
#include "src/cpu/disabled-targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "src/cpu/float16/kernels.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "src/cpu/careful/kernels-inl.h"
#if HWY_NATIVE_FMA
#include "src/cpu/float16/ziv-inl.h"
#endif

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

#if HWY_NATIVE_FMA
// binary16 does not ask: its subnormal numbers are normal floats.
template <class Stored>
bool KeepsSubnormalsOf() {
  if constexpr (Stored::kFormat.smallest_normal > kFloat32.smallest_normal) return true;
  return KeepsSubnormals<float>();
}

// Through floats where they can take the parameters, which they always can at alpha = scale = input_scale = 1.
template <class Stored>
struct Halves {
  using Doubles = careful::Functions<Stored>;
  using T = uint16_t;

  static void Forward(const T* x, T* y, size_t n, const Coefficients& c) {
    if (!KeepsSubnormalsOf<Stored>()) return Doubles::Forward(x, y, n, c);
    if (IsUnit(c)) return Map(hn::ScalableTag<T>(), HalfElu<Stored>(), n, y, x);
    if (!AreModerate(c)) return Doubles::Forward(x, y, n, c);
    if (c.input_scale == 1.0) return Run(HalfForwardOp<true>(c), careful::ForwardOp{c}, n, y, x);
    Run(HalfForwardOp<false>(c), careful::ForwardOp{c}, n, y, x);
  }
  static void Derivative(const T* x, T* dydx, size_t n, const Coefficients& c) {
    if (!Takes(c)) return Doubles::Derivative(x, dydx, n, c);
    if (IsUnit(c)) return RunAlways(HalfExpOp{1.0F}, n, dydx, x);
    Run(HalfExponentialOp<false>(Rounded(c.scale), c.slope.high, c.input_scale),
        careful::ExponentialOp{DerivativeOf(c)}, n, dydx, x);
  }
  static void SecondDerivative(const T* x, T* d2, size_t n, const Coefficients& c) {
    if (!Takes(c)) return Doubles::SecondDerivative(x, d2, n, c);
    if (IsUnit(c)) return RunAlways(HalfExpOp{0.0F}, n, d2, x);
    Run(HalfExponentialOp<false>(0.0, c.curvature.high, c.input_scale), careful::ExponentialOp{SecondDerivativeOf(c)},
        n, d2, x);
  }
  static void PlusOne(const T* x, T* y, size_t n, const Coefficients& c) {
    if (!KeepsSubnormalsOf<Stored>()) return Doubles::PlusOne(x, y, n, c);
    RunAlways(HalfPlusOneOp(), n, y, x);
  }
  static void Backward(const T* dy, const T* x, T* dx, size_t n, const Coefficients& c) {
    if (!Takes(c)) return Doubles::Backward(dy, x, dx, n, c);
    const careful::BackwardOp careful = {{DerivativeOf(c)}};
    if (IsUnit(c)) return Run(HalfBackwardOp<true>(1.0, 1.0, 1.0), careful, n, dx, x, dy);
    Run(HalfBackwardOp<false>(c.scale, c.slope.high, c.input_scale), careful, n, dx, x, dy);
  }
  static void DoubleBackward(const T* ddx, const T* dy, const T* x, T* dx, size_t n, const Coefficients& c) {
    if (!Takes(c)) return Doubles::DoubleBackward(ddx, dy, x, dx, n, c);
    const careful::BackwardOp careful = {{SecondDerivativeOf(c)}};
    if (IsUnit(c)) return Run(HalfDoubleBackwardOp<true>(0.0, 1.0, 1.0), careful, n, dx, x, dy, ddx);
    Run(HalfDoubleBackwardOp<false>(0.0, c.curvature.high, c.input_scale), careful, n, dx, x, dy, ddx);
  }
  static void DerivativeFromOutput(const T* y, T* dydx, size_t n, const Coefficients& c) {
    if (!IsUnit(c) || !KeepsSubnormalsOf<Stored>()) return Doubles::DerivativeFromOutput(y, dydx, n, c);
    RunAlways(HalfDerivativeFromOutputOp(), n, dydx, y);
  }
  static void BackwardFromOutput(const T* dy, const T* y, T* dx, size_t n, const Coefficients& c) {
    if (!IsUnit(c) || !KeepsSubnormalsOf<Stored>()) return Doubles::BackwardFromOutput(dy, y, dx, n, c);
    Run(HalfBackwardFromOutputOp(), careful::BackwardFromOutputOp{{c}}, n, dx, y, dy);
  }

  static constexpr Kernels<T> Table() {
    return {Forward, Derivative, DerivativeFromOutput, SecondDerivative,
            PlusOne, Backward,   BackwardFromOutput,   DoubleBackward};
  }

 private:
  static bool Takes(const Coefficients& c) {
    return KeepsSubnormalsOf<Stored>() && AreModerate(c) && IsModerate(c.curvature.high);
  }
  // To the type: where x > 0 the derivative is that number, and never in doubt.
  static double Rounded(double v) {
    const hn::ScalableTag<double> d;
    return hn::GetLane(Stored::ToDouble(d, Stored::Round(d, hn::Set(d, v))));
  }
  template <class FloatOp>
  static void RunAlways(const FloatOp& op, size_t n, T* out, const T* in) {
    Map(hn::ScalableTag<T>(), AlwaysThroughFloat<Stored, FloatOp>{op}, n, out, in);
  }
  template <class FloatOp, class DoubleOp, class... In>
  static void Run(const FloatOp& quick, const DoubleOp& careful, size_t n, T* out, const In*... in) {
    Map(hn::ScalableTag<T>(), ThroughFloat<Stored, FloatOp, DoubleOp>{quick, {careful}}, n, out, in...);
  }
};
#else
template <class Stored>
using Halves = careful::Functions<Stored>;
#endif

const Kernels<uint16_t>* Float16Kernels() {
  static constexpr Kernels<uint16_t> kernels = Halves<StoredFloat16>::Table();
  return &kernels;
}

const Kernels<uint16_t>* BFloat16Kernels() {
  static constexpr Kernels<uint16_t> kernels = Halves<StoredBFloat16>::Table();
  return &kernels;
}

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "src/cpu/targets.h"

namespace elu::cpu {

HWY_EXPORT(Float16Kernels);
HWY_EXPORT(BFloat16Kernels);
const Kernels<std::uint16_t>& Float16() { return *ELU_DISPATCH(Float16Kernels)(); }
const Kernels<std::uint16_t>& BFloat16() { return *ELU_DISPATCH(BFloat16Kernels)(); }

}  // namespace elu::cpu
#endif  // HWY_ONCE
