// The quick ops on doubles: a table of powers and one sum with its error, for targets with fused operations. Lanes
// whose intermediate products might underflow or overflow are given to the ops of float64-inl.h: each by itself, so
// that a result does not depend on its neighbours. Errors: docs/numerics.md.

#if defined(ELU_SRC_CPU_FLOAT64_QUICK_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_FLOAT64_QUICK_INL_H_
#undef ELU_SRC_CPU_FLOAT64_QUICK_INL_H_
#else
#define ELU_SRC_CPU_FLOAT64_QUICK_INL_H_
#endif

#include <hwy/highway.h>

#include <cmath>

#include "cpu/coefficients.h"
#include "cpu/constants.h"
#include "cpu/float64-inl.h"
#include "cpu/power-table-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

// Out of the loop, and with a copy of the op, so that what the loop needs stays in registers.
template <class Op, class D, class... V>
HWY_NOINLINE auto CallReference(Op op, D d, V... v) {
  return op(d, v...);
}

// limit * expm1 in two doubles, of a power from the table of `limit`.
//   expm1 = (s - 1) + s p, s = 2^(k/entries);  p = a + r^3 c + rest (1 + a);  a = r + r^2/2, with its error
template <class D, class V>
HWY_INLINE DoubleDouble<V> QuickExpm1(D d, V limit, TablePower<V> s) {
  const V half = hn::Mul(s.r, hn::Set(d, 0.5)), square = hn::Mul(s.r, s.r);
  const V a = hn::MulAdd(s.r, half, s.r);
  const V a_rest = hn::MulAdd(s.r, half, hn::Sub(s.r, a));
  const V small = hn::MulAdd(hn::Mul(square, s.r), PowerTable<D>::AfterSquare(d, s.r, square),
                             hn::Add(hn::MulAdd(s.rest, a, s.rest), a_rest));
  const V less = hn::Sub(s.power, limit);
  const V lost = hn::Sub(s.power, hn::Add(less, limit));
  // less - sum is exact, since |power * a| <= |less| / 2, or less is 0.
  const V sum = hn::MulAdd(s.power, a, less);
  const V error = hn::MulAdd(s.power, a, hn::Sub(less, sum));
  return {sum, hn::MulAdd(s.power, small, hn::Add(error, lost))};
}

// f at alpha = scale = input_scale = 1. Subnormal x meets but one product.
template <class D>
struct QuickUnitForwardOp {
  PowerTable<D> table{D(), {1.0, 0.0}};

  template <class V>
  HWY_INLINE V operator()(D d, V x) const {
    const V one = hn::Set(d, 1.0);
    const auto curved = hn::Lt(x, hn::Set(d, kQuickTiny));
    const V z = hn::IfThenElseZero(curved, hn::Max(x, hn::Set(d, kQuickSaturated)));
    const DoubleDouble<V> expm1 = QuickExpm1(d, one, table.At(d, z));
    return hn::IfThenElse(curved, hn::Add(expm1.high, expm1.low), hn::Mul(x, one));
  }
};

// f for a limit that is not 0.
template <class D>
struct QuickForwardOp {
  const Coefficients& c;
  PowerTable<D> table;  // of limit.high
  double scale, input_scale, limit, slope;
  double limit_rest;  // limit.low / limit.high
  double lowest_x;

  explicit QuickForwardOp(const Coefficients& of)
      : c(of), table(D(), {of.limit.high, 0.0}), scale(of.scale), input_scale(of.input_scale), limit(of.limit.high),
        slope(of.slope.high), limit_rest(of.limit.low / of.limit.high), lowest_x(kQuickSaturated / of.input_scale) {}

  template <class V>
  HWY_INLINE V operator()(D d, V x) const {
    const V within = hn::Max(x, hn::Set(d, lowest_x));  // may drop NaN, which is not below 0
    const V z = hn::Mul(within, hn::Set(d, input_scale));
    TablePower<V> s = table.At(d, z);
    s.rest = hn::Add(s.rest, hn::MulSub(within, hn::Set(d, input_scale), z));
    const DoubleDouble<V> expm1 = QuickExpm1(d, hn::Set(d, limit), s);
    V below = hn::Add(expm1.high, hn::MulAdd(hn::Set(d, limit_rest), expm1.high, expm1.low));
    below = hn::IfThenElse(hn::Eq(x, hn::Set(d, -HUGE_VAL)), hn::Set(d, -limit), below);
    below = hn::CopySign(below, hn::Xor(x, hn::Set(d, slope)));  // its sign is lost where it is 0
    const auto underflow = hn::And(hn::Lt(x, hn::Zero(d)), hn::Gt(x, hn::Set(d, kQuickUnderflow)));
    if (HWY_UNLIKELY(!hn::AllFalse(d, underflow))) {
      below = hn::IfThenElse(underflow, CallReference(DoubleForwardOp{c}, d, x), below);
    }
    return hn::IfThenElse(hn::Le(x, hn::Zero(d)), below, hn::Mul(x, hn::Set(d, scale)));
  }
};

// coefficient * v * factors, rounded once.
template <class V, class... Factors>
HWY_INLINE V QuickProduct(V coefficient, DoubleDouble<V> v, Factors... factors) {
  DoubleDouble<V> product = TwoProduct(coefficient, v.high);
  product.low = hn::MulAdd(coefficient, v.low, product.low);
  const auto times = [&product](V factor) HWY_ATTR {
    const DoubleDouble<V> exact = TwoProduct(product.high, factor);
    product = {exact.high, hn::MulAdd(product.low, factor, exact.low)};
  };
  (times(factors), ...);
  return hn::CopySign(hn::Add(product.high, product.low), product.high);  // the sum loses the sign of a zero
}

// Whether a factor, dy or ddx, is too large or too small for QuickProduct, or NaN; 0 is none of these.
template <class D, class V>
HWY_INLINE auto IsExtreme(D d, V factor) {
  const V size = hn::Abs(factor);
  const auto small = hn::And(hn::Lt(size, hn::Set(d, 1.0 / kQuickLargestFactor)), hn::Gt(size, hn::Zero(d)));
  return hn::Or(small, hn::Not(hn::Le(size, hn::Set(d, kQuickLargestFactor))));
}

// above for x > 0;  factor * exp(input_scale * x) for x <= 0; times dy, or times dy and ddx. The factor is not 0.
template <class D>
struct QuickExponentialOp {
  DoubleExponential reference;
  PowerTable<D> table;
  double lowest_x;

  explicit QuickExponentialOp(const DoubleExponential& e)
      : reference(e), table(D(), {e.factor.high, e.factor.middle}), lowest_x(kQuickLowestExponent / e.input_scale) {}

  template <class V, class... Factors>
  HWY_INLINE V operator()(D d, V x, Factors... factors) const {
    V above = hn::Set(d, reference.above);
    ((above = hn::Mul(above, factors)), ...);
    V result = hn::IfThenElse(hn::Gt(x, hn::Zero(d)), above, Below(d, x, factors...));
    auto extreme = hn::Lt(x, hn::Set(d, lowest_x));
    ((extreme = hn::Or(extreme, IsExtreme(d, factors))), ...);
    if (HWY_UNLIKELY(!hn::AllFalse(d, extreme))) {
      const DoubleProductOp<DoubleExponential> product{reference};
      result = hn::IfThenElse(extreme, CallReference(product, d, x, factors...), result);
    }
    return result;
  }

 private:
  // e^r = 1 + r + r^2 (1/2 + r c). Subnormal x is moved to where the exponential is 1 as well: it would be slow.
  template <class V, class... Factors>
  HWY_INLINE V Below(D d, V x, Factors... factors) const {
    const V tiny = hn::Set(d, kQuickFlat), scale = hn::Set(d, reference.input_scale);
    x = hn::IfThenElse(hn::Gt(x, tiny), tiny, x);
    const V z = hn::Mul(x, scale);
    const TablePower<V> s = table.At(d, z);
    const auto [r, rest] = FastTwoSum(s.r, hn::Add(s.rest, hn::MulSub(x, scale, z)));
    const V square = hn::Mul(r, r);
    const V q = hn::MulAdd(r, PowerTable<D>::AfterSquare(d, r, square), hn::Set(d, 0.5));
    const DoubleDouble<V> sum = FastTwoSum(hn::Set(d, 1.0), r);
    const V low = hn::Add(sum.low, hn::MulAdd(square, q, hn::MulAdd(rest, r, rest)));
    return QuickProduct(s.power, DoubleDouble<V>{sum.high, low}, factors...);
  }
};

// x + 1 for x > 0;  exp(x) for x <= 0.
template <class D>
struct QuickPlusOneOp {
  QuickExponentialOp<D> exp{{0.0, {1.0, 0.0, 0.0}, 1.0}};

  template <class V>
  HWY_INLINE V operator()(D d, V x) const {
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Add(x, hn::Set(d, 1.0)), exp(d, x));
  }
};

// scale for y > 0;  +0 for y <= round(-scale * alpha);  input_scale * (y + scale * alpha) between; times dy.
template <class D>
struct QuickFromOutputOp {
  DoubleFromOutput reference;
  double scale, input_scale, lowest_output;
  TwoDoubles limit;

  explicit QuickFromOutputOp(const Coefficients& c)
      : reference{c}, scale(c.scale), input_scale(c.input_scale), lowest_output(c.lowest_output), limit(c.limit) {}

  template <class V, class... Factors>
  HWY_INLINE V operator()(D d, V y, Factors... factors) const {
    const DoubleDouble<V> sum = TwoSum(y, hn::Set(d, limit.high));
    const DoubleDouble<V> exact = FastTwoSum(sum.high, hn::Add(sum.low, hn::Set(d, limit.low)));
    const V between = QuickProduct(hn::Set(d, input_scale), exact, factors...);
    const auto limited = hn::Le(y, hn::Set(d, lowest_output));
    V constant = hn::IfThenZeroElse(limited, hn::Set(d, scale));
    ((constant = hn::Mul(constant, factors)), ...);
    V result = hn::IfThenElse(hn::Or(limited, hn::Gt(y, hn::Zero(d))), constant, between);
    auto extreme = hn::Lt(y, y);
    ((extreme = hn::Or(extreme, IsExtreme(d, factors))), ...);
    if (HWY_UNLIKELY(!hn::AllFalse(d, extreme))) {
      const DoubleProductOp<DoubleFromOutput> product{reference};
      result = hn::IfThenElse(extreme, CallReference(product, d, y, factors...), result);
    }
    return result;
  }
};

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
