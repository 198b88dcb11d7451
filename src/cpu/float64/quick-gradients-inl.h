// The quick ops on doubles for gradients and plus_one. As in float64-quick-inl.h, extreme lanes go to the reference
// ops.

#if defined(ELU_SRC_CPU_FLOAT64_QUICK_GRADIENTS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_FLOAT64_QUICK_GRADIENTS_INL_H_
#undef ELU_SRC_CPU_FLOAT64_QUICK_GRADIENTS_INL_H_
#else
#define ELU_SRC_CPU_FLOAT64_QUICK_GRADIENTS_INL_H_
#endif

#include <hwy/highway.h>

#include "src/cpu/coefficients.h"
#include "src/cpu/float64/careful-inl.h"
#include "src/cpu/float64/quick-forward-inl.h"
#include "src/cpu/math/constants.h"
#include "src/cpu/math/power-table-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

// coefficient * v * factors, rounded once.
template <class V, class... Factors>
HWY_INLINE V DoubleQuickProduct(V coefficient, DoubleDouble<V> v, Factors... factors) {
  DoubleDouble<V> product = TwoProduct(coefficient, v.high);
  product.low = hn::MulAdd(coefficient, v.low, product.low);
  [[maybe_unused]] const auto times = [&product](V factor) HWY_ATTR {
    const DoubleDouble<V> exact = TwoProduct(product.high, factor);
    product = {exact.high, hn::MulAdd(product.low, factor, exact.low)};
  };
  (times(factors), ...);
  return hn::CopySign(hn::Add(product.high, product.low), product.high);  // the sum loses the sign of a zero
}

// Whether a factor, dy or ddx, is too large or too small for DoubleQuickProduct, or NaN; 0 is none of these.
template <class D, class V>
HWY_INLINE auto IsExtreme(D d, V factor) {
  const V size = hn::Abs(factor);
  const auto small = hn::And(hn::Lt(size, hn::Set(d, 1.0 / kDoubleLargestFactor)), hn::Gt(size, hn::Zero(d)));
  return hn::Or(small, hn::Not(hn::Le(size, hn::Set(d, kDoubleLargestFactor))));
}

// above for x > 0;  factor * exp(input_scale * x) for x <= 0; times dy, or times dy and ddx. The factor is not 0.
template <bool unit_scale, class D>
struct DoubleQuickExponentialOp {
  DoubleExponential reference;
  PowerTable<D> table;
  double lowest_x;

  explicit DoubleQuickExponentialOp(const DoubleExponential& e)
      : reference(e), table(D(), {e.factor.high, e.factor.middle}), lowest_x(kDoubleLowestExponent / e.input_scale) {}

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
  // e^r (1 + rest), e^r = 1 + p. Subnormal x is moved to where the exponential is 1 as well: it would be slow.
  template <class V, class... Factors>
  HWY_INLINE V Below(D d, V x, Factors... factors) const {
    const V flat = hn::Set(d, kDoubleFlat);
    x = hn::IfThenElse(hn::Gt(x, flat), flat, x);
    const TablePower<V> s = PowerOfScaled<unit_scale>(d, table, x, reference.input_scale);
    const DoubleDouble<V> p = DoubleQuickExpm1OfReduced(d, s.r);
    const DoubleDouble<V> sum = FastTwoSum(hn::Set(d, 1.0), p.high);
    const V low = hn::Add(sum.low, p.low);
    const V with_rest = hn::MulAdd(s.rest, hn::Add(sum.high, low), low);
    return DoubleQuickProduct(s.power, DoubleDouble<V>{sum.high, with_rest}, factors...);
  }
};

// x + 1 for x > 0;  exp(x) for x <= 0.
template <class D>
struct DoubleQuickPlusOneOp {
  DoubleQuickExponentialOp<true, D> exp{DoubleExponential{0.0, {1.0, 0.0, 0.0}, 1.0}};

  template <class V>
  HWY_INLINE V operator()(D d, V x) const {
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Add(x, hn::Set(d, 1.0)), exp(d, x));
  }
};

// scale for y > 0;  +0 for y <= round(-scale * alpha);  input_scale * (y + scale * alpha) between; times dy.
template <class D>
struct DoubleQuickFromOutputOp {
  DoubleFromOutput reference;
  double scale, input_scale, lowest_output;
  TwoDoubles limit;

  explicit DoubleQuickFromOutputOp(const Coefficients& c)
      : reference{c}, scale(c.scale), input_scale(c.input_scale), lowest_output(c.lowest_output), limit(c.limit) {}

  template <class V, class... Factors>
  HWY_INLINE V operator()(D d, V y, Factors... factors) const {
    const DoubleDouble<V> sum = TwoSum(y, hn::Set(d, limit.high));
    const DoubleDouble<V> exact = FastTwoSum(sum.high, hn::Add(sum.low, hn::Set(d, limit.low)));
    const V between = DoubleQuickProduct(hn::Set(d, input_scale), exact, factors...);
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
