// The quick ops on doubles for gradients and plus_one. As in quick-forward-inl.h, extreme lanes go to the careful ops.

#if defined(ELU_SRC_CPU_FLOAT64_QUICK_GRADIENTS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_FLOAT64_QUICK_GRADIENTS_INL_H_
#undef ELU_SRC_CPU_FLOAT64_QUICK_GRADIENTS_INL_H_
#else
#define ELU_SRC_CPU_FLOAT64_QUICK_GRADIENTS_INL_H_
#endif

#include <hwy/highway.h>

#include "src/cpu/coefficients.h"
#include "src/cpu/float64/careful-inl.h"
#include "src/cpu/float64/constants.h"
#include "src/cpu/float64/quick-forward-inl.h"
#include "src/cpu/math/powers-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE::float64::quick {

// coefficient * v * factors, rounded once.
template <class V, class... Factors>
HWY_INLINE V RoundedProduct(V coefficient, DoubleDouble<V> v, Factors... factors) {
  DoubleDouble<V> product = TwoProduct(coefficient, v.high);
  product.low = hn::MulAdd(coefficient, v.low, product.low);
  [[maybe_unused]] const auto times = [&product](V factor) HWY_ATTR {
    const DoubleDouble<V> exact = TwoProduct(product.high, factor);
    product = {exact.high, hn::MulAdd(product.low, factor, exact.low)};
  };
  (times(factors), ...);
  return hn::CopySign(hn::Add(product.high, product.low), product.high);  // the sum loses the sign of a zero
}

// Whether a factor, dy or ddx, is NaN, or too large or too small for RoundedProduct. 0 is not too small.
template <class D, class V>
HWY_INLINE auto IsExtreme(D d, V factor) {
  const V size = hn::Abs(factor);
  const auto small = hn::And(hn::Lt(size, hn::Set(d, 1.0 / kFloat64LargestFactor)), hn::Gt(size, hn::Zero(d)));
  return hn::Or(small, hn::Not(hn::Le(size, hn::Set(d, kFloat64LargestFactor))));
}

// above for x > 0;  factor * exp(input_scale * x) for x <= 0; times dy, or times dy and ddx. The factor is not 0.
template <InputScale kInputScale, class D>
class ExponentialOp {
 public:
  explicit ExponentialOp(const Exponential& e)
      : careful_{e}, table_(D(), {e.factor.high, e.factor.middle}), lowest_x_(kFloat64LowestExponent / e.input_scale) {}

  template <class V, class... Factors>
  HWY_INLINE V operator()(D d, V x, Factors... factors) const {
    V above = hn::Set(d, careful_.above);
    ((above = hn::Mul(above, factors)), ...);
    V result = hn::IfThenElse(hn::Gt(x, hn::Zero(d)), above, Below(d, x, factors...));
    auto extreme = hn::Lt(x, hn::Set(d, lowest_x_));
    ((extreme = hn::Or(extreme, IsExtreme(d, factors))), ...);
    if (HWY_UNLIKELY(!hn::AllFalse(d, extreme))) {
      const careful::ProductOp<careful::ExponentialGradient> product{careful_};
      result = hn::IfThenElse(extreme, CallCareful(product, d, x, factors...), result);
    }
    return result;
  }

 private:
  // power e^r (1 + rest) with e^r = 1 + p. Subnormal x would be slow on some processors: it is moved to kFloat64Flat,
  // where the exponential is 1 as well.
  template <class V, class... Factors>
  HWY_INLINE V Below(D d, V x, Factors... factors) const {
    const V flat = hn::Set(d, kFloat64Flat);
    x = hn::IfThenElse(hn::Gt(x, flat), flat, x);
    const TablePower<V> s = PowerOfScaled<kInputScale>(d, table_, x, careful_.input_scale);
    const DoubleDouble<V> p = Expm1OfReduced(d, s.r);
    const DoubleDouble<V> sum = FastTwoSum(hn::Set(d, 1.0), p.high);
    const V low = hn::Add(sum.low, p.low);
    const V with_rest = hn::MulAdd(s.rest, hn::Add(sum.high, low), low);
    return RoundedProduct(s.power, DoubleDouble<V>{sum.high, with_rest}, factors...);
  }

  careful::ExponentialGradient careful_;
  PowerTable<D> table_;
  double lowest_x_;
};

// x + 1 for x > 0;  exp(x) for x <= 0.
template <class D>
struct PlusOneOp {
  ExponentialOp<InputScale::kUnit, D> exp{PlusOneBelow()};

  template <class V>
  HWY_INLINE V operator()(D d, V x) const {
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Add(x, hn::Set(d, 1.0)), exp(d, x));
  }
};

// scale for y > 0;  +0 for y <= round(-scale * alpha);  input_scale * (y + scale * alpha) between; times dy.
template <class D>
class GradientFromOutputOp {
 public:
  explicit GradientFromOutputOp(const Coefficients& c)
      : careful_{c}, scale_(c.scale), input_scale_(c.input_scale), lowest_output_(c.lowest_output), limit_(c.limit) {}

  template <class V, class... Factors>
  HWY_INLINE V operator()(D d, V y, Factors... factors) const {
    const DoubleDouble<V> sum = TwoSum(y, hn::Set(d, limit_.high));
    const DoubleDouble<V> exact = FastTwoSum(sum.high, hn::Add(sum.low, hn::Set(d, limit_.low)));
    const V between = RoundedProduct(hn::Set(d, input_scale_), exact, factors...);
    const auto limited = hn::Le(y, hn::Set(d, lowest_output_));
    V constant = hn::IfThenZeroElse(limited, hn::Set(d, scale_));
    ((constant = hn::Mul(constant, factors)), ...);
    V result = hn::IfThenElse(hn::Or(limited, hn::Gt(y, hn::Zero(d))), constant, between);
    auto extreme = hn::Lt(y, y);
    ((extreme = hn::Or(extreme, IsExtreme(d, factors))), ...);
    if (HWY_UNLIKELY(!hn::AllFalse(d, extreme))) {
      const careful::ProductOp<careful::GradientFromOutput> product{careful_};
      result = hn::IfThenElse(extreme, CallCareful(product, d, y, factors...), result);
    }
    return result;
  }

 private:
  careful::GradientFromOutput careful_;
  double scale_, input_scale_, lowest_output_;
  TwoDoubles limit_;
};

}  // namespace elu::cpu::HWY_NAMESPACE::float64::quick
HWY_AFTER_NAMESPACE();

#endif  // include guard
