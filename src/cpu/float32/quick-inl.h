// The quick ops of floats. They compute in doubles, and a call folds the parameters into the constants of exp. An op
// gives
//   Takes(op)          whether it may be used instead of the careful `op`, given the parameters of that
//   Approximate        the function, with a relative error below kQuickErrorInUlps
//   Above              where the result is no exponential: x > 0, or x >= 0
//   kTestsAbove        whether results there need the test
//   Settle             if they do: puts the exact product, rounded to odd, in place of those results above that are in
//                      doubt. Rounding it to float is then correct.
//   kSubnormalResults  whether results may be subnormal without being exact
//   kInfiniteFactors   whether a factor may be infinite where the exponential is 0
// float32/ziv-inl.h makes them ops of stored floats.

#if defined(ELU_SRC_CPU_FLOAT32_QUICK_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_FLOAT32_QUICK_INL_H_
#undef ELU_SRC_CPU_FLOAT32_QUICK_INL_H_
#else
#define ELU_SRC_CPU_FLOAT32_QUICK_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <iterator>

#include "src/cpu/careful/ops-inl.h"
#include "src/cpu/coefficients.h"
#include "src/cpu/float32/constants.h"
#include "src/cpu/math/arithmetic-inl.h"
#include "src/cpu/math/constants.h"
#include "src/cpu/math/powers-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE::float32::quick {

// Puts a * b, rounded to odd, in place of the results that are in doubt and above. They are in doubt no more.
template <class D, class V, class M>
HWY_INLINE void SettleProduct(D d, V& results, M& doubtful, M above, V a, V b) {
  results = hn::IfThenElse(hn::And(above, doubtful), RoundToOdd(d, ToTriple(TwoProduct(a, b))), results);
  doubtful = hn::AndNot(above, doubtful);
}

// factor * e^(input_scale * x) = power + step * quotient for x <= 0. With x = k ln 2 / (kPowers * input_scale) + r:
//   power = factor * 2^(k / kPowers),   step = power * r,   quotient = expm1(input_scale * r) / r
template <class V>
struct FoldedParts {
  V power, step, quotient;
};

class FoldedExp {
 public:
  constexpr FoldedExp(double factor, double input_scale)
      : powers_(factor),
        lowest_(kLowestExponent / input_scale),
        rate_(kPowers * kLog2E * input_scale),
        length_(kLn2<double> / (kPowers * input_scale)) {
    double power = input_scale;
    quotient_[0] = power;
    for (size_t i = 0; i < std::size(kQuickExpm1); ++i) quotient_[i + 1] = (power *= input_scale) * kQuickExpm1[i];
  }

  template <class D, class V>
  HWY_INLINE FoldedParts<V> operator()(D d, V x) const {
    const auto [shifted, k, r] = Reduce(d, NotBelow(d, lowest_, x), rate_, length_, kRoundToInteger<double>);
    const V power = powers_(d, shifted);
    return {power, hn::Mul(power, r), Polynomial(d, r, quotient_)};
  }

 private:
  Powers powers_;
  double lowest_, rate_, length_;
  double quotient_[std::size(kQuickExpm1) + 1] = {};
};

// f(x) = scale * x for x >= 0;  limit * e^(input_scale * x) - limit for x < 0, limit = scale * alpha.
class ForwardOp {
 public:
  static constexpr bool kSubnormalResults = true, kInfiniteFactors = false, kTestsAbove = true;

  explicit constexpr ForwardOp(const careful::ForwardOp& op) : ForwardOp(op, op.c.scale) {}
  constexpr ForwardOp(const careful::ForwardOp& op, double scale)
      : exp_(op.c.limit.high, op.c.input_scale), limit_(op.c.limit.high), scale_(scale) {}

  static bool Takes(const careful::ForwardOp& op) { return op.c.limit.high * op.c.scale > 0.0; }

  // 0 and -0 go the way of x > 0, where alpha must not change their sign.
  template <class D, class V>
  static HWY_INLINE hn::Mask<D> Above(D d, V x) {
    return hn::Ge(x, hn::Zero(d));
  }
  template <class D, class V>
  HWY_INLINE V Approximate(D d, V x) const {
    return hn::IfThenElse(Above(d, x), hn::Mul(x, hn::Set(d, scale_)), Below(d, x));
  }
  template <class D, class V, class M>
  HWY_INLINE void Settle(D d, V& results, M& doubtful, V x) const {
    SettleProduct(d, results, doubtful, Above(d, x), x, hn::Set(d, scale_));
  }

 protected:
  // Nothing cancels: for k = 0 power is limit, which leaves the product alone, and for other k the difference power -
  // limit outweighs the product.
  template <class D, class V>
  HWY_INLINE V Below(D d, V x) const {
    const auto [power, step, quotient] = exp_(d, x);
    return hn::MulAdd(step, quotient, hn::Sub(power, hn::Set(d, limit_)));
  }

 private:
  FoldedExp exp_;
  double limit_, scale_;
};

// The same with a scale from FactorBesideTies: no product with it needs the test.
struct ForwardBesideTiesOp : ForwardOp {
  static constexpr bool kTestsAbove = false;

  using ForwardOp::ForwardOp;
};

// The same where scale = 1 and the slope below 0 is 1: ELU at alpha 1 and CELU. There f(x) = x, rounded, from -tiny on,
// so that no subnormal result is in doubt.
class UnitSlopeForwardOp : public ForwardOp {
 public:
  static constexpr bool kSubnormalResults = false;

  explicit constexpr UnitSlopeForwardOp(const careful::ForwardOp& op)
      : ForwardOp(op), tiny_(kQuickTiny / op.c.input_scale) {}

  static bool Takes(const careful::ForwardOp& op) {
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
class ExponentialOp {
 public:
  static constexpr bool kSubnormalResults = true, kInfiniteFactors = false, kTestsAbove = false;

  explicit ExponentialOp(const Exponential& e)
      : exp_(e.factor.high, e.input_scale), above_as_float_(static_cast<double>(static_cast<float>(e.above))) {}

  static bool Takes(const Exponential& e) { return e.factor.high != 0.0; }

  template <class D, class V>
  static HWY_INLINE hn::Mask<D> Above(D d, V x) {
    return hn::Gt(x, hn::Zero(d));
  }
  template <class D, class V>
  HWY_INLINE V Approximate(D d, V x) const {
    return hn::IfThenElse(Above(d, x), hn::Set(d, above_as_float_), Below(d, x));
  }

 protected:
  template <class D, class V>
  HWY_INLINE V Below(D d, V x) const {
    const auto [power, step, quotient] = exp_(d, x);
    return hn::MulAdd(step, quotient, power);
  }

 private:
  FoldedExp exp_;
  double above_as_float_;
};

// x + 1 for x > 0, which double holds, or else rounds to 1 as float does;  e^x for x <= 0.
struct PlusOneOp : ExponentialOp {
  explicit PlusOneOp(const careful::PlusOneOp& op) : ExponentialOp(op) {}

  template <class D, class V>
  HWY_INLINE V Approximate(D d, V x) const {
    return hn::IfThenElse(Above(d, x), hn::Add(x, hn::Set(d, 1.0)), Below(d, x));
  }
};

// The exponential times dy.
class ProductOp : public ExponentialOp {
 public:
  static constexpr bool kInfiniteFactors = true, kTestsAbove = true;

  explicit ProductOp(const careful::BackwardOp& op) : ProductOp(op, op.gradient.above) {}
  ProductOp(const careful::BackwardOp& op, double above) : ExponentialOp(op.gradient), above_(above) {}

  static bool Takes(const careful::BackwardOp& op) { return ExponentialOp::Takes(op.gradient); }

  template <class D, class V, class... Factors>
  HWY_INLINE V Approximate(D d, V x, Factors... factors) const {
    V value = hn::IfThenElse(Above(d, x), hn::Set(d, above_), Below(d, x));
    ((value = hn::Mul(value, factors)), ...);
    return value;
  }
  template <class D, class V, class M>
  HWY_INLINE void Settle(D d, V& results, M& doubtful, V x, V dy) const {
    SettleProduct(d, results, doubtful, Above(d, x), dy, hn::Set(d, above_));
  }

 private:
  double above_;
};

// The same with a scale from FactorBesideTies, or with 0: no product with it needs the test. With 0, ddx may be a
// factor too.
struct ProductBesideTiesOp : ProductOp {
  static constexpr bool kTestsAbove = false;

  using ProductOp::ProductOp;
};

}  // namespace elu::cpu::HWY_NAMESPACE::float32::quick
HWY_AFTER_NAMESPACE();

#endif  // include guard
