#include "cpu/disabled-targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cpu/float64.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "cpu/float64-inl.h"
#include "cpu/kernels.h"
#include "cpu/map-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

using Doubles = hn::ScalableTag<double>;

void Forward(const double* x, double* y, size_t n, const Coefficients& c) {
  Map(Doubles(), DoubleForwardOp{c}, n, y, x);
}
void Derivative(const double* x, double* dydx, size_t n, const Coefficients& c) {
  Map(Doubles(), DoubleProductOp<DoubleExponential>{DoubleDerivative(c)}, n, dydx, x);
}
void DerivativeFromOutput(const double* y, double* dydx, size_t n, const Coefficients& c) {
  Map(Doubles(), DoubleProductOp<DoubleFromOutput>{{c}}, n, dydx, y);
}
void SecondDerivative(const double* x, double* d2, size_t n, const Coefficients& c) {
  Map(Doubles(), DoubleProductOp<DoubleExponential>{DoubleSecondDerivative(c)}, n, d2, x);
}
void PlusOne(const double* x, double* y, size_t n, const Coefficients&) { Map(Doubles(), DoublePlusOneOp(), n, y, x); }
void Backward(const double* dy, const double* x, double* dx, size_t n, const Coefficients& c) {
  Map(Doubles(), DoubleProductOp<DoubleExponential>{DoubleDerivative(c)}, n, dx, x, dy);
}
void BackwardFromOutput(const double* dy, const double* y, double* dx, size_t n, const Coefficients& c) {
  Map(Doubles(), DoubleProductOp<DoubleFromOutput>{{c}}, n, dx, y, dy);
}
void DoubleBackward(const double* ddx, const double* dy, const double* x, double* dx, size_t n, const Coefficients& c) {
  Map(Doubles(), DoubleProductOp<DoubleExponential>{DoubleSecondDerivative(c)}, n, dx, x, dy, ddx);
}

const Kernels<double>* Float64Kernels() {
  static constexpr Kernels<double> kernels = {Forward,  Derivative, DerivativeFromOutput, SecondDerivative, PlusOne,
                                              Backward, BackwardFromOutput, DoubleBackward};
  return &kernels;
}

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "cpu/targets.h"

namespace elu::cpu {

HWY_EXPORT(Float64Kernels);
const Kernels<double>& Float64() { return *ELU_DISPATCH(Float64Kernels)(); }

}  // namespace elu::cpu
#endif  // HWY_ONCE
