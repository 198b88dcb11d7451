// The functions of floats, quick: computed in doubles, with the parameters folded into the constants of exp once a call.
//   Approximate        relative error below kQuickError
//   Takes              the ops of elu-inl.h, with their parameters, in whose place this may stand
//   Uncertain          the results, but 1 in place of those that need no test
//   Settle             both once more, for a vector that is in doubt: where x > 0 the exact product rounded to odd, from
//                      which the rounding to float is correct
//   kSubnormalResults  whether results may be subnormal, and not exact
//   kInfiniteFactors   whether a factor may be infinite where the exponential is 0
// tested-inl.h makes them ops of stored floats.

#if defined(ELU_SRC_CPU_QUICK_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_QUICK_INL_H_
#undef ELU_SRC_CPU_QUICK_INL_H_
#else
#define ELU_SRC_CPU_QUICK_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <iterator>
#include <limits>
#include <type_traits>

#include "cpu/arithmetic-inl.h"
#include "cpu/coefficients.h"
#include "cpu/constants.h"
#include "cpu/elu-inl.h"
#include "cpu/powers-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

template <class V>
struct QuickResults {
  V results, uncertain;
};

// Those for x > 0 replaced by a * b, rounded to odd.
template <class D, class V>
QuickResults<V> SettleAbove(D d, V results, V x, V a, V b) {
  const auto finite = hn::Lt(hn::Abs(results), hn::Set(d, std::numeric_limits<double>::infinity()));
  const auto above = hn::And(hn::Gt(x, hn::Zero(d)), finite);
  const V odd = RoundToOdd(d, ToTriple(TwoProduct(a, b)));
  return {hn::IfThenElse(above, odd, results), hn::IfThenElse(above, hn::Set(d, 1.0), results)};
}

template <class D, class V>
HWY_INLINE V OneAbove(D d, V x, V results) {
  return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), results, hn::Set(d, 1.0));
}
template <class D, class V, class VU>
HWY_INLINE VU OneAbove(D d, V x, VU distances) {
  const hn::RebindToUnsigned<D> du;
  return hn::IfThenElseZero(hn::RebindMask(du, hn::Lt(x, hn::Zero(d))), distances);
}

// factor * e^(input_scale * x) = power + step * quotient for x <= 0: with r = x - k ln 2 / (kPowers * input_scale), the
// power of 2 nearest to it, and step = power * r, quotient = expm1(input_scale * r) / r.
template <class V>
struct QuickParts {
  V power, step, quotient;
};

class QuickExp {
 public:
  QuickExp(double factor, double input_scale)
      : powers_(factor),
        lowest_(kLowestExponent / input_scale),
        rate_(kPowers * kLog2E * input_scale),
        length_(kLn2 / (kPowers * input_scale)) {
    double power = input_scale;
    quotient_[0] = power;
    for (size_t i = 0; i < std::size(kQuickExpm1); ++i) quotient_[i + 1] = (power *= input_scale) * kQuickExpm1[i];
  }

  template <class D, class V>
  HWY_INLINE QuickParts<V> operator()(D d, V x) const {
    x = NotBelow(d, lowest_, x);
    const V magic = hn::Set(d, kRoundToInteger);
    const V shifted = hn::MulAdd(x, hn::Set(d, rate_), magic);
    const V r = hn::NegMulAdd(hn::Sub(shifted, magic), hn::Set(d, length_), x);
    const V power = powers_(d, shifted);
    return {power, hn::Mul(power, r), Polynomial(d, r, quotient_)};
  }

 private:
  Powers powers_;
  double lowest_, rate_, length_;
  double quotient_[std::size(kQuickExpm1) + 1];
};

// f(x) = scale * x for x >= 0;  limit * e^(input_scale * x) - limit for x < 0, limit = scale * alpha.
class QuickForwardOp {
 public:
  static constexpr bool kSubnormalResults = true, kInfiniteFactors = false;

  explicit QuickForwardOp(const ForwardOp& op) : QuickForwardOp(op, op.c.scale) {}

  // 0 and -0 go the way of x > 0, where alpha must not change their sign.
  static bool Takes(const ForwardOp& op) { return op.c.limit.high * op.c.scale > 0.0; }

  template <class D, class V>
  HWY_INLINE V Approximate(D d, V x) const {
    return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), Below(d, x), hn::Mul(x, hn::Set(d, scale_)));
  }
  template <class D, class V>
  HWY_INLINE auto Uncertain(D, auto results, V) const {
    return results;
  }
  template <class D, class V>
  QuickResults<V> Settle(D d, V results, V x) const {
    return SettleAbove(d, results, x, x, hn::Set(d, scale_));
  }

 protected:
  QuickForwardOp(const ForwardOp& op, double scale)
      : exp_(op.c.limit.high, op.c.input_scale), limit_(op.c.limit.high), scale_(scale) {}

  // Without cancellation: k = 0 leaves the product alone, and for other k the difference outweighs it.
  template <class D, class V>
  HWY_INLINE V Below(D d, V x) const {
    const auto [power, step, quotient] = exp_(d, x);
    return hn::MulAdd(step, quotient, hn::Sub(power, hn::Set(d, limit_)));
  }

 private:
  QuickExp exp_;
  double limit_, scale_;
};

// The same with scale beside the ties (ties.h): for x > 0 the products need no test.
class QuickForwardBesideTiesOp : public QuickForwardOp {
 public:
  QuickForwardBesideTiesOp(const ForwardOp& op, double scale) : QuickForwardOp(op, scale) {}

  template <class D, class V, class VU>
  HWY_INLINE VU Uncertain(D d, VU results, V x) const {
    return OneAbove(d, x, results);
  }
  template <class D, class V>
  QuickResults<V> Settle(D d, V results, V x) const {
    return {results, OneAbove(d, x, results)};
  }
};

// The same where scale = 1 and the slope below 0 is 1: ELU at alpha 1 and CELU. There f(x) = x, rounded, from -tiny on,
// so that no subnormal result is in doubt.
class QuickIdentityOp : public QuickForwardOp {
 public:
  static constexpr bool kSubnormalResults = false;

  explicit QuickIdentityOp(const ForwardOp& op) : QuickForwardOp(op), tiny_(kQuickTiny / op.c.input_scale) {}

  static bool Takes(const ForwardOp& op) {
    return op.c.scale == 1.0 && op.c.slope.high == 1.0 && op.c.slope.middle == 0.0;
  }

  template <class D, class V>
  HWY_INLINE V Approximate(D d, V x) const {
    return hn::IfThenElse(hn::Lt(x, hn::Set(d, -tiny_)), Below(d, x), x);
  }

 private:
  double tiny_;
};

// above, as a float, for x > 0;  factor * e^(input_scale * x) for x <= 0.
class QuickExponentialOp {
 public:
  static constexpr bool kSubnormalResults = true, kInfiniteFactors = false;

  explicit QuickExponentialOp(const ExponentialOp& op)
      : exp_(op.factor.high, op.input_scale), above_(static_cast<double>(static_cast<float>(op.above))) {}

  static bool Takes(const ExponentialOp& op) { return op.factor.high != 0.0; }

  template <class D, class V>
  HWY_INLINE V Approximate(D d, V x) const {
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Set(d, above_), Below(d, x));
  }
  template <class D, class V, class VU>
  HWY_INLINE VU Uncertain(D d, VU results, V x) const {
    if constexpr (std::is_same_v<V,VU>) return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Set(d, 1.0), results);
    else return hn::IfThenZeroElse(hn::RebindMask(hn::DFromV<VU>(), hn::Gt(x, hn::Zero(d))),  results);
  }
  template <class D, class V>
  QuickResults<V> Settle(D d, V results, V x) const {
    return {results, Uncertain(d, results, x)};
  }

 protected:
  template <class D, class V>
  HWY_INLINE V Below(D d, V x) const {
    const auto [power, step, quotient] = exp_(d, x);
    return hn::MulAdd(step, quotient, power);
  }

 private:
  QuickExp exp_;
  double above_;
};

// x + 1 for x > 0, which double holds, or else rounds to 1 as float does;  e^x for x <= 0.
struct QuickPlusOneOp : QuickExponentialOp {
  explicit QuickPlusOneOp(const PlusOneOp& op) : QuickExponentialOp(op) {}

  template <class D, class V>
  HWY_INLINE V Approximate(D d, V x) const {
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Add(x, hn::Set(d, 1.0)), Below(d, x));
  }
};

// The exponential times dy, or times dy * ddx.
class QuickProductOp : private QuickExponentialOp {
 public:
  static constexpr bool kSubnormalResults = true, kInfiniteFactors = true;

  explicit QuickProductOp(const ProductOp<ExponentialOp>& op)
      : QuickExponentialOp(op.gradient), above_(op.gradient.above) {}

  static bool Takes(const ProductOp<ExponentialOp>& op) { return QuickExponentialOp::Takes(op.gradient); }

  template <class D, class V, class... Factors>
  HWY_INLINE V Approximate(D d, V x, Factors... factors) const {
    V value = hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Set(d, above_), Below(d, x));
    ((value = hn::Mul(value, factors)), ...);
    return value;
  }
  template <class D, class... In>
  HWY_INLINE auto Uncertain(D, auto results, In...) const {
    return results;
  }
  template <class D, class V>
  QuickResults<V> Settle(D d, V results, V x, V dy) const {
    return SettleAbove(d, results, x, dy, hn::Set(d, above_));
  }
  template <class D, class V>
  QuickResults<V> Settle(D, V results, V, V, V) const {
    return {results, results};
  }

 private:
  double above_;
};

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
