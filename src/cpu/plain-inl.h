// The gradients from the output at alpha = scale = input_scale = 1, in floats: there one operation rounds them once.
// y + 1 is a tie of the rounding for a quarter of all y in (-1/2, -1/4], which would send every vector to the slow path.

#if defined(ELU_SRC_CPU_PLAIN_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_PLAIN_INL_H_
#undef ELU_SRC_CPU_PLAIN_INL_H_
#else
#define ELU_SRC_CPU_PLAIN_INL_H_
#endif

#include <hwy/highway.h>

#include <limits>

#include "cpu/coefficients.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

inline bool IsPlain(const Coefficients& c) {
  return c.limit.high == 1.0 && c.limit.low == 0.0 && c.scale == 1.0 && c.input_scale == 1.0;
}

// 1 for y > 0;  +0 for y <= -1;  y + 1 between.
struct PlainDerivativeFromOutputOp {
  template <class D, class V>
  V operator()(D d, V y) const {
    const V zero = hn::Zero(d), one = hn::Set(d, 1.0F);
    const V between = hn::IfThenZeroElse(hn::Le(y, hn::Neg(one)), hn::Add(y, one));
    return hn::IfThenElse(hn::Gt(y, zero), one, between);
  }
};

// dy times that: dy (y + 1) = dy y + dy fused. Only the sign of a zero and infinite dy need care.
struct PlainBackwardFromOutputOp {
  template <class D, class V>
  V operator()(D d, V dy, V y) const {
    const V zero = hn::Zero(d), one = hn::Set(d, 1.0F);
    const auto infinite = hn::Eq(hn::Abs(dy), hn::Set(d, std::numeric_limits<float>::infinity()));
    const V fused = hn::CopySign(hn::MulAdd(dy, y, dy), dy);
    const V between = hn::IfThenElse(infinite, hn::Mul(dy, hn::Add(y, one)), fused);
    const V limited = hn::IfThenElse(hn::Le(y, hn::Neg(one)), hn::Mul(dy, zero), between);
    return hn::IfThenElse(hn::Gt(y, zero), dy, limited);
  }
};

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
