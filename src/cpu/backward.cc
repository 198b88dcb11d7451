#include "cpu/disabled-targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cpu/backward.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "cpu/elu-inl.h"
#include "cpu/map-inl.h"
#include "cpu/plain-inl.h"
#include "cpu/round-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

void Derivative(const float* x, float* dydx, size_t n, const Coefficients& c) {
  Map(FloatLanes(), CorrectlyRounded<DerivativeOp>{{c}}, n, dydx, x);
}

void DerivativeFromOutput(const float* y, float* dydx, size_t n, const Coefficients& c) {
  if (IsPlain(c)) return Map(hn::ScalableTag<float>(), PlainDerivativeFromOutputOp(), n, dydx, y);
  Map(FloatLanes(), CorrectlyRounded<DerivativeFromOutputOp>{{c}}, n, dydx, y);
}

void Backward(const float* dy, const float* x, float* dx, size_t n, const Coefficients& c) {
  Map(FloatLanes(), CorrectlyRounded<BackwardOp>{{{c}}}, n, dx, dy, x);
}

void BackwardFromOutput(const float* dy, const float* y, float* dx, size_t n, const Coefficients& c) {
#if HWY_NATIVE_FMA
  if (IsPlain(c)) return Map(hn::ScalableTag<float>(), PlainBackwardFromOutputOp(), n, dx, dy, y);
#endif
  Map(FloatLanes(), CorrectlyRounded<BackwardFromOutputOp>{{{c}}}, n, dx, dy, y);
}

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "cpu/kernels.h"
#include "cpu/targets.h"

namespace elu::cpu {

HWY_EXPORT(Derivative);
HWY_EXPORT(DerivativeFromOutput);
HWY_EXPORT(Backward);
HWY_EXPORT(BackwardFromOutput);

void Derivative(const float* x, float* dydx, size_t n, const Coefficients& c) {
  ELU_DISPATCH(Derivative)(x, dydx, n, c);
}
void DerivativeFromOutput(const float* y, float* dydx, size_t n, const Coefficients& c) {
  ELU_DISPATCH(DerivativeFromOutput)(y, dydx, n, c);
}
void Backward(const float* dy, const float* x, float* dx, size_t n, const Coefficients& c) {
  ELU_DISPATCH(Backward)(dy, x, dx, n, c);
}
void BackwardFromOutput(const float* dy, const float* y, float* dx, size_t n, const Coefficients& c) {
  ELU_DISPATCH(BackwardFromOutput)(dy, y, dx, n, c);
}

}  // namespace elu::cpu
#endif  // HWY_ONCE
