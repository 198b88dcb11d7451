#include "src/cpu/disabled-targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "src/cpu/float64/kernels.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "src/cpu/careful/unit-inl.h"
#include "src/cpu/float64/careful-inl.h"
#include "src/cpu/float64/quick-forward-inl.h"
#include "src/cpu/float64/quick-gradients-inl.h"
#include "src/cpu/kernels.h"
#include "src/cpu/loop-inl.h"
#include "src/cpu/math/arithmetic-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

namespace float64 {

using Doubles = hn::ScalableTag<double>;

// The quick ops need fused operations.
constexpr bool kHasQuick = HWY_NATIVE_FMA != 0;

// A gradient from the input.
template <class... Arrays>
void MapExponential(const Exponential& e, size_t n, Arrays... arrays) {
  if constexpr (kHasQuick) {
    if (e.factor.high != 0.0) {
      if (e.input_scale == 1.0)
        return Map(Doubles(), quick::ExponentialOp<InputScale::kUnit, Doubles>(e), n, arrays...);
      return Map(Doubles(), quick::ExponentialOp<InputScale::kAny, Doubles>(e), n, arrays...);
    }
  }
  Map(Doubles(), careful::ProductOp<careful::ExponentialGradient>{{e}}, n, arrays...);
}

struct Functions {
  static void Forward(const double* x, double* y, size_t n, const Coefficients& c) {
    if constexpr (kHasQuick) {
      if (IsUnit(c) && KeepsSubnormals<double>()) return Map(Doubles(), quick::UnitForwardOp<Doubles>(), n, y, x);
      if (c.limit.high != 0.0) {
        if (c.input_scale == 1.0) return Map(Doubles(), quick::ForwardOp<InputScale::kUnit, Doubles>(c), n, y, x);
        return Map(Doubles(), quick::ForwardOp<InputScale::kAny, Doubles>(c), n, y, x);
      }
    }
    Map(Doubles(), careful::ForwardOp{c}, n, y, x);
  }
  static void Derivative(const double* x, double* dydx, size_t n, const Coefficients& c) {
    MapExponential(DerivativeOf(c), n, dydx, x);
  }
  static void DerivativeFromOutput(const double* y, double* dydx, size_t n, const Coefficients& c) {
    if (IsUnit(c)) return Map(Doubles(), UnitDerivativeFromOutputOp(), n, dydx, y);
    if constexpr (kHasQuick) return Map(Doubles(), quick::GradientFromOutputOp<Doubles>(c), n, dydx, y);
    Map(Doubles(), careful::ProductOp<careful::GradientFromOutput>{{c}}, n, dydx, y);
  }
  static void SecondDerivative(const double* x, double* d2, size_t n, const Coefficients& c) {
    MapExponential(SecondDerivativeOf(c), n, d2, x);
  }
  static void PlusOne(const double* x, double* y, size_t n, const Coefficients&) {
    if constexpr (kHasQuick) return Map(Doubles(), quick::PlusOneOp<Doubles>(), n, y, x);
    Map(Doubles(), careful::PlusOneOp(), n, y, x);
  }
  static void Backward(const double* dy, const double* x, double* dx, size_t n, const Coefficients& c) {
    MapExponential(DerivativeOf(c), n, dx, x, dy);
  }
  static void BackwardFromOutput(const double* dy, const double* y, double* dx, size_t n, const Coefficients& c) {
    if constexpr (kHasQuick) {
      if (IsUnit(c)) return Map(Doubles(), UnitBackwardFromOutputOp(), n, dx, y, dy);
      return Map(Doubles(), quick::GradientFromOutputOp<Doubles>(c), n, dx, y, dy);
    }
    Map(Doubles(), careful::ProductOp<careful::GradientFromOutput>{{c}}, n, dx, y, dy);
  }
  static void DoubleBackward(const double* ddx, const double* dy, const double* x, double* dx, size_t n,
                             const Coefficients& c) {
    MapExponential(SecondDerivativeOf(c), n, dx, x, dy, ddx);
  }
};

}  // namespace float64

const Kernels<double>* Float64Kernels() {
  static constexpr Kernels<double> kernels = Kernels<double>::Of<float64::Functions>();
  return &kernels;
}

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "src/cpu/targets.h"

namespace elu::cpu {

ELU_EXPORT(Float64Kernels);
const Kernels<double>& Float64() { return *ELU_DISPATCH(Float64Kernels)(); }

}  // namespace elu::cpu
#endif  // HWY_ONCE
