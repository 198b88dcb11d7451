// The two 16-bit types: binary16 and bfloat16.
#include "src/cpu/disabled-targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "src/cpu/float16/kernels.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "src/cpu/careful/kernels-inl.h"
#include "src/cpu/float16/ziv-inl.h"

// The quick ops need fused operations, and that the processor converts binary16: Highway's own conversion makes numbers
// of infinity and NaN.
#undef ELU_HAS_QUICK_OPS
#if HWY_NATIVE_FMA && !defined(HWY_DISABLE_F16C)
#define ELU_HAS_QUICK_OPS 1
#else
#define ELU_HAS_QUICK_OPS 0
#endif

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

namespace float16 {

#if ELU_HAS_QUICK_OPS
// Whether subnormal numbers of the type are computed with. binary16 does not ask the processor: its subnormal numbers
// are normal floats.
template <class Stored>
bool KeepsSubnormalsOf() {
  if constexpr (Stored::kFormat.smallest_normal > kFloat32.smallest_normal) return true;
  return KeepsSubnormals<float>();
}

// In floats where the quick ops take the parameters, which they always do at alpha = scale = input_scale = 1.
template <class Stored>
struct Functions {
  using Careful = careful::Functions<Stored>;
  using T = uint16_t;

  static void Forward(const T* x, T* y, size_t n, const Coefficients& c) {
    if (!KeepsSubnormalsOf<Stored>()) return Careful::Forward(x, y, n, c);
    if (IsUnit(c)) return Map(hn::ScalableTag<T>(), UnitForwardOp<Stored>(), n, y, x);
    if (!quick::ForwardOp<InputScale::kAny>::Takes(c)) return Careful::Forward(x, y, n, c);
    if (c.input_scale == 1.0) return Run(quick::ForwardOp<InputScale::kUnit>(c), careful::ForwardOp{c}, n, y, x);
    Run(quick::ForwardOp<InputScale::kAny>(c), careful::ForwardOp{c}, n, y, x);
  }
  static void Derivative(const T* x, T* dydx, size_t n, const Coefficients& c) {
    if (!Takes(c)) return Careful::Derivative(x, dydx, n, c);
    if (IsUnit(c)) return RunAlways(quick::UnitExponentialOp{1.0F}, n, dydx, x);
    Run(quick::ExponentialOp<Parameters::kAny>(Rounded(c.scale), c.slope.high, c.input_scale),
        careful::ExponentialOp{DerivativeOf(c)}, n, dydx, x);
  }
  static void SecondDerivative(const T* x, T* d2, size_t n, const Coefficients& c) {
    if (!Takes(c)) return Careful::SecondDerivative(x, d2, n, c);
    if (IsUnit(c)) return RunAlways(quick::UnitExponentialOp{0.0F}, n, d2, x);
    Run(quick::ExponentialOp<Parameters::kAny>(0.0, c.curvature.high, c.input_scale),
        careful::ExponentialOp{SecondDerivativeOf(c)}, n, d2, x);
  }
  static void PlusOne(const T* x, T* y, size_t n, const Coefficients& c) {
    if (!KeepsSubnormalsOf<Stored>()) return Careful::PlusOne(x, y, n, c);
    RunAlways(quick::PlusOneOp(), n, y, x);
  }
  static void Backward(const T* dy, const T* x, T* dx, size_t n, const Coefficients& c) {
    if (!Takes(c)) return Careful::Backward(dy, x, dx, n, c);
    const careful::BackwardOp product = {{DerivativeOf(c)}};
    if (IsUnit(c)) return Run(quick::BackwardOp<Parameters::kUnit>(1.0, 1.0, 1.0), product, n, dx, x, dy);
    Run(quick::BackwardOp<Parameters::kAny>(c.scale, c.slope.high, c.input_scale), product, n, dx, x, dy);
  }
  static void DoubleBackward(const T* ddx, const T* dy, const T* x, T* dx, size_t n, const Coefficients& c) {
    if (!Takes(c)) return Careful::DoubleBackward(ddx, dy, x, dx, n, c);
    const careful::BackwardOp product = {{SecondDerivativeOf(c)}};
    if (IsUnit(c)) return Run(quick::DoubleBackwardOp<Parameters::kUnit>(0.0, 1.0, 1.0), product, n, dx, x, dy, ddx);
    Run(quick::DoubleBackwardOp<Parameters::kAny>(0.0, c.curvature.high, c.input_scale), product, n, dx, x, dy, ddx);
  }
  static void DerivativeFromOutput(const T* y, T* dydx, size_t n, const Coefficients& c) {
    if (!IsUnit(c) || !KeepsSubnormalsOf<Stored>()) return Careful::DerivativeFromOutput(y, dydx, n, c);
    RunAlways(quick::DerivativeFromOutputOp(), n, dydx, y);
  }
  static void BackwardFromOutput(const T* dy, const T* y, T* dx, size_t n, const Coefficients& c) {
    if (!IsUnit(c) || !KeepsSubnormalsOf<Stored>()) return Careful::BackwardFromOutput(dy, y, dx, n, c);
    Run(quick::BackwardFromOutputOp(), careful::BackwardFromOutputOp{{c}}, n, dx, y, dy);
  }

 private:
  static bool Takes(const Coefficients& c) {
    return KeepsSubnormalsOf<Stored>() && quick::ForwardOp<InputScale::kAny>::Takes(c) &&
           quick::Takes(c.curvature.high);
  }
  // v rounded to the type. Where x > 0 the derivative is that number, which is never in doubt.
  static double Rounded(double v) {
    const hn::ScalableTag<double> d;
    return hn::GetLane(Stored::ToDouble(d, Stored::Round(d, hn::Set(d, v))));
  }
  template <class Quick>
  static void RunAlways(const Quick& op, size_t n, T* out, const T* in) {
    Map(hn::ScalableTag<T>(), NeverInDoubt<Stored, Quick>{op}, n, out, in);
  }
  template <class Quick, class CarefulOp, class... In>
  static void Run(const Quick& op, const CarefulOp& careful_op, size_t n, T* out, const In*... in) {
    Map(hn::ScalableTag<T>(), Ziv<Stored, Quick, CarefulOp>(op, careful_op), n, out, in...);
  }
};
#else
template <class Stored>
using Functions = careful::Functions<Stored>;
#endif

}  // namespace float16

const Kernels<uint16_t>* Float16Kernels() {
  static constexpr Kernels<uint16_t> kernels = Kernels<uint16_t>::Of<float16::Functions<StoredFloat16>>();
  return &kernels;
}

const Kernels<uint16_t>* BFloat16Kernels() {
  static constexpr Kernels<uint16_t> kernels = Kernels<uint16_t>::Of<float16::Functions<StoredBFloat16>>();
  return &kernels;
}

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "src/cpu/targets.h"

namespace elu::cpu {

ELU_EXPORT(Float16Kernels);
ELU_EXPORT(BFloat16Kernels);
const Kernels<std::uint16_t>& Float16() { return *ELU_DISPATCH(Float16Kernels)(); }
const Kernels<std::uint16_t>& BFloat16() { return *ELU_DISPATCH(BFloat16Kernels)(); }

}  // namespace elu::cpu
#endif  // HWY_ONCE
