// The quick ops on doubles, for targets with fused operations: a table of powers and one sum with its error. Lanes
// whose intermediate products might underflow or overflow are given to the careful ops: each lane by itself, so that a
// result does not depend on its neighbours. Here are forward and what all share. Errors: docs/numerics.md.

#if defined(ELU_SRC_CPU_FLOAT64_QUICK_FORWARD_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_FLOAT64_QUICK_FORWARD_INL_H_
#undef ELU_SRC_CPU_FLOAT64_QUICK_FORWARD_INL_H_
#else
#define ELU_SRC_CPU_FLOAT64_QUICK_FORWARD_INL_H_
#endif

#include <hwy/highway.h>

#include <cmath>

#include "src/cpu/coefficients.h"
#include "src/cpu/float64/careful-inl.h"
#include "src/cpu/float64/constants.h"
#include "src/cpu/math/powers-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE::float64::quick {

// Out of the loop, and with a copy of the op, so that what the loop needs stays in registers.
template <class Op, class D, class... V>
HWY_NOINLINE auto CallCareful(Op op, D d, V... v) {
  return op(d, v...);
}

// e^(input_scale * x) from a table.
template <InputScale kInputScale, class D, class V>
HWY_INLINE TablePower<V> PowerOfScaled(D d, const PowerTable<D>& table, V x, double input_scale) {
  if constexpr (kInputScale == InputScale::kUnit) {
    return table.At(d, x);
  } else {
    const V scale = hn::Set(d, input_scale), z = hn::Mul(x, scale);
    TablePower<V> s = table.At(d, z);
    s.rest = hn::Add(s.rest, hn::MulSub(x, scale, z));
    return s;
  }
}

// expm1(r) = r + r^2/2 + r^3 c(r): the first two terms rounded; their error and the third.
template <class D, class V>
HWY_INLINE DoubleDouble<V> Expm1OfReduced(D d, V r) {
  const V half = hn::Mul(r, hn::Set(d, 0.5)), square = hn::Mul(r, r);
  const V leading = hn::MulAdd(r, half, r);
  const V error = hn::MulAdd(r, half, hn::Sub(r, leading));
  return {leading, hn::MulAdd(hn::Mul(square, r), PowerTable<D>::AfterSquare(d, r), error)};
}

// limit * expm1 in two doubles, of a power from the table of `limit`.
//   expm1 = (s - 1) + s (p + rest (1 + p)), s = 2^(k/entries), p = expm1(r)
template <class D, class V>
HWY_INLINE DoubleDouble<V> Expm1(D d, V limit, TablePower<V> s) {
  const DoubleDouble<V> p = Expm1OfReduced(d, s.r);
  const V small = hn::Add(p.low, hn::MulAdd(s.rest, p.high, s.rest));
  const V less = hn::Sub(s.power, limit);
  const V lost = hn::Sub(s.power, hn::Add(less, limit));
  // less - sum is exact, since |power * p| <= |less| / 2, or less is 0.
  const V sum = hn::MulAdd(s.power, p.high, less);
  const V error = hn::MulAdd(s.power, p.high, hn::Sub(less, sum));
  return {sum, hn::MulAdd(s.power, small, hn::Add(error, lost))};
}

// f at alpha = scale = input_scale = 1, where the processor keeps subnormal numbers. Only comparisons and selections
// meet subnormal x: on some processors other operations take long for them.
template <class D>
class UnitForwardOp {
 public:
  template <class V>
  HWY_INLINE V operator()(D d, V x) const {
    const V one = hn::Set(d, 1.0);
    const auto curved = hn::Lt(x, hn::Set(d, kFloat64Tiny));
    const V z = hn::IfThenElseZero(curved, hn::Max(x, hn::Set(d, kFloat64Saturated)));
    const DoubleDouble<V> expm1 = Expm1(d, one, table_.At(d, z));
    return hn::IfThenElse(curved, hn::Add(expm1.high, expm1.low), x);
  }

 private:
  PowerTable<D> table_{D(), {1.0, 0.0}};
};

// f for a limit that is not 0.
template <InputScale kInputScale, class D>
struct ForwardOp {
  const Coefficients& c;
  PowerTable<D> table;  // of limit.high
  double scale, input_scale, limit, slope;
  double limit_rest;  // relative: limit.low / limit.high
  double lowest_x;

  explicit ForwardOp(const Coefficients& of)
      : c(of),
        table(D(), {of.limit.high, 0.0}),
        scale(of.scale),
        input_scale(of.input_scale),
        limit(of.limit.high),
        slope(of.slope.high),
        limit_rest(of.limit.low / of.limit.high),
        lowest_x(kFloat64Saturated / of.input_scale) {}

  template <class V>
  HWY_INLINE V operator()(D d, V x) const {
    const V within =
        hn::Max(x, hn::Set(d, lowest_x));  // Max may drop NaN, which is not below 0 and so does not come from here
    const DoubleDouble<V> expm1 =
        Expm1(d, hn::Set(d, limit), PowerOfScaled<kInputScale>(d, table, within, input_scale));
    V below = hn::Add(expm1.high, hn::MulAdd(hn::Set(d, limit_rest), expm1.high, expm1.low));
    // At -infinity f is -scale * alpha exactly. Where that is a tie of the rounding, e^lowest_x would decide it.
    below = hn::IfThenElse(hn::Eq(x, hn::Set(d, -HUGE_VAL)), hn::Set(d, -limit), below);
    below = hn::CopySign(below, hn::Xor(x, hn::Set(d, slope)));  // its sign is lost where it is 0
    const auto underflow = hn::And(hn::Lt(x, hn::Zero(d)), hn::Gt(x, hn::Set(d, kFloat64Underflow)));
    if (HWY_UNLIKELY(!hn::AllFalse(d, underflow))) {
      below = hn::IfThenElse(underflow, CallCareful(careful::ForwardOp{c}, d, x), below);
    }
    return hn::IfThenElse(hn::Le(x, hn::Zero(d)), below, hn::Mul(x, hn::Set(d, scale)));
  }
};

}  // namespace elu::cpu::HWY_NAMESPACE::float64::quick
HWY_AFTER_NAMESPACE();

#endif  // include guard
