// The gradients from the output at alpha = scale = input_scale = 1, in the number type itself: one operation rounds
// each of them once. Ziv's test would not do here: y + 1 is a tie of the rounding to float for a quarter of all y in
// (-1/2, -1/4], so that almost every vector would be redone.

#if defined(ELU_SRC_CPU_CAREFUL_UNIT_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_CAREFUL_UNIT_INL_H_
#undef ELU_SRC_CPU_CAREFUL_UNIT_INL_H_
#else
#define ELU_SRC_CPU_CAREFUL_UNIT_INL_H_
#endif

#include <hwy/highway.h>

#include <limits>

#include "src/cpu/coefficients.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

inline bool IsUnit(const Coefficients& c) {
  return c.limit.high == 1.0 && c.limit.low == 0.0 && c.scale == 1.0 && c.input_scale == 1.0;
}

// y moved into [-1, 0]; NaN stays, as it would not with Min and Max everywhere.
template <class D, class V>
V ToBranchBelow(D d, V y) {
  const V zero = hn::Zero(d), limit = hn::Set(d, -1.0F);
  y = hn::IfThenElse(hn::Gt(y, zero), zero, y);
  return hn::IfThenElse(hn::Lt(y, limit), limit, y);
}

// 1 for y > 0;  +0 for y <= -1;  y + 1 between.
struct UnitDerivativeFromOutputOp {
  template <class D, class V>
  V operator()(D d, V y) const {
    return hn::Add(ToBranchBelow(d, y), hn::Set(d, 1.0F));
  }
};

// dy times that: dy (y + 1) = dy y + dy, by one fused operation. CopySign gives a zero the sign of dy. For infinite dy
// the fused form would subtract infinities, so the product is taken there.
struct UnitBackwardFromOutputOp {
  template <class D, class V>
  V operator()(D d, V y, V dy) const {
    y = ToBranchBelow(d, y);
    const V fused = hn::CopySign(hn::MulAdd(dy, y, dy), dy);
    const auto infinite = hn::Eq(hn::Abs(dy), hn::Set(d, std::numeric_limits<float>::infinity()));
    return hn::IfThenElse(infinite, hn::Mul(dy, hn::Add(y, hn::Set(d, 1.0F))), fused);
  }
};

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
