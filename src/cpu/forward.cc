#include "cpu/disabled-targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cpu/forward.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "cpu/elu-inl.h"
#include "cpu/map-inl.h"
#include "cpu/round-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

void Forward(const float* x, float* y, size_t n, const Coefficients& c) {
  Map(FloatLanes(), CorrectlyRounded<ForwardOp>{{c}}, n, y, x);
}

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "cpu/kernels.h"
#include "cpu/targets.h"

namespace elu::cpu {

HWY_EXPORT(Forward);
void Forward(const float* x, float* y, size_t n, const Coefficients& c) { ELU_DISPATCH(Forward)(x, y, n, c); }

}  // namespace elu::cpu
#endif  // HWY_ONCE
