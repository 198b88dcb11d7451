// The careful ops on doubles. They compute in two doubles with the exponent apart, so that nothing between input and
// result overflows or underflows, and round once. They serve where the quick ops do not. Error: kCarefulUlps.

#if defined(ELU_SRC_CPU_FLOAT64_CAREFUL_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_FLOAT64_CAREFUL_INL_H_
#undef ELU_SRC_CPU_FLOAT64_CAREFUL_INL_H_
#else
#define ELU_SRC_CPU_FLOAT64_CAREFUL_INL_H_
#endif

#include <hwy/highway.h>

#include <cmath>

#include "src/cpu/careful/expm1-inl.h"
#include "src/cpu/coefficients.h"
#include "src/cpu/float64/constants.h"
#include "src/cpu/float64/scaled-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE::float64::careful {

// Finite and not 0.
template <class D, class V>
auto IsOrdinary(D d, V v) {
  return hn::And(hn::Gt(hn::Abs(v), hn::Zero(d)), hn::Lt(hn::Abs(v), hn::Set(d, HUGE_VAL)));
}

// input_scale * x in two doubles; x so far below zero that every result has reached its limit is moved up.
template <class D, class V>
DoubleDouble<V> ExponentOf(D d, V x, double input_scale, double lowest) {
  const V lowest_x = hn::Set(d, lowest / input_scale);
  return TwoProduct(hn::IfThenElse(hn::Lt(x, lowest_x), lowest_x, x), hn::Set(d, input_scale));
}

// expm1(r) = r + r^2 (1/2 + r c), c = 1/3! + r e, e = 1/4! + r/5! + ... Only e is one double; the rest is in two. r^4 e
// is at most 2^-8.9 of the result, so that its rounding counts as 2^-61.2.
template <class D, class V>
DoubleDouble<V> Expm1OfReduced(D d, DoubleDouble<V> r) {
  V e = hn::Set(d, kInverseFactorial[kFloat64LastTerm]);
  for (int i = kFloat64LastTerm; i-- > 2;) e = hn::MulAdd(e, r.high, hn::Set(d, kInverseFactorial[i]));
  DoubleDouble<V> c = FastTwoSum(hn::Set(d, kInverseFactorial[1]), hn::Mul(r.high, e));
  c.low = hn::Add(c.low, hn::Set(d, kInverseFactorialLow[1]));
  const DoubleDouble<V> rc = TwoProduct(r.high, c.high);
  DoubleDouble<V> q = FastTwoSum(hn::Set(d, 0.5), rc.high);
  q.low = hn::Add(q.low, hn::MulAdd(r.high, c.low, hn::MulAdd(r.low, c.high, rc.low)));
  DoubleDouble<V> square = TwoProduct(r.high, r.high);
  square.low = hn::MulAdd(hn::Add(r.high, r.high), r.low, square.low);
  return AddSmaller(r, Mul(square, q));
}

// z = k ln 2 + r with ln 2 in two parts only, 93 bits of it. For k = 0 ln 2 does not count. For other k the result is
// 1/2 at least beside p, which makes the error of k ln 2 2^-80 of it.
template <class D, class V>
PreciseParts<V> ReduceByTwoParts(D d, DoubleDouble<V> z) {
  const NearestPower<V> power = NearestPowerOfTwo(d, z.high);
  const V leading = hn::Sub(z.high, hn::Mul(power.k, hn::Set(d, kLn2High)));  // exact
  const DoubleDouble<V> r = TwoSum(leading, hn::Mul(power.k, hn::Set(d, -kLn2BelowHigh)));
  // FastTwoSum asks for |r.high| >= |r.low + z.low|. Where that fails, r is so small that it does not count beside 1/2.
  return {power, Expm1OfReduced(d, FastTwoSum(r.high, hn::Add(r.low, z.low)))};
}

// f(x) = scale * x for x > 0;  scale * alpha * expm1(input_scale * x) for x <= 0.
struct ForwardOp {
  const Coefficients& c;

  template <class D, class V>
  V operator()(D d, V x) const {
    // For |x| < 2^-700 f is linear, and parts of it would underflow: it is taken at 2^500 x, and divided by 2^500.
    const auto tiny = hn::Lt(hn::Abs(x), hn::Set(d, 0x1p-700));
    const V raised = hn::Mul(x, hn::IfThenElse(tiny, hn::Set(d, 0x1p+500), hn::Set(d, 1.0)));
    const auto [power, p] = ReduceByTwoParts(d, ExponentOf(d, raised, c.input_scale, kLowestExponent));
    const DoubleDouble<V> less_one = FastTwoSum(hn::Set(d, -1.0), power.power);
    const DoubleDouble<V> expm1 = AddSmaller(less_one, MulByPowerOfTwo(p, power.power));
    const V lowered = hn::IfThenElseZero(tiny, hn::Set(d, -500.0));
    V below = ToDouble(d, Scaled<V>{Mul(expm1, SetPair(d, c.limit)), lowered});
    const auto infinite = hn::Eq(x, hn::Set(d, -HUGE_VAL));
    below = hn::IfThenElse(infinite, hn::Set(d, -c.limit.high), below);
    // Where `below` is 0 it has lost its sign, that of x * slope. The signs are joined as bits: the product of x =
    // -infinity and slope = 0 would be NaN.
    below = hn::CopySign(below, hn::Xor(x, hn::Set(d, c.slope.high)));
    return hn::IfThenElse(hn::Le(x, hn::Zero(d)), below, hn::Mul(x, hn::Set(d, c.scale)));
  }
};

// above for x > 0;  factor * exp(input_scale * x) for x <= 0.
struct ExponentialGradient : Exponential {
  template <class D, class V>
  Scaled<V> Value(D d, V x) const {
    const auto [power, p] = ReduceByTwoParts(d, ExponentOf(d, x, input_scale, kFloat64LowestCareful));
    const DoubleDouble<V> exp = AddSmaller(SetPair(d, {1.0, 0.0}), p);
    const DoubleDouble<V> below = Mul(exp, SetPair(d, {factor.high, factor.middle}));
    const auto positive = hn::Gt(x, hn::Zero(d));
    return {IfThenElse(positive, SetPair(d, {above, 0.0}), below), hn::IfThenZeroElse(positive, power.k)};
  }

  // The IEEE class of Value: NaN, 0, or any other number of its sign.
  template <class D, class V>
  V Class(D d, V x) const {
    const V at_infinity = hn::Set(d, 0.0 * factor.high);
    const auto infinite = hn::Eq(x, hn::Set(d, -HUGE_VAL));
    const V below = hn::IfThenElse(infinite, at_infinity, hn::Set(d, factor.high));
    const V kind = hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Set(d, above), below);
    return hn::IfThenElse(hn::Eq(x, x), kind, x);
  }
};

// scale for y > 0;  +0 for y <= round(-scale * alpha);  input_scale * (y + scale * alpha) between.
struct GradientFromOutput {
  const Coefficients& c;

  template <class D, class V>
  Scaled<V> Value(D d, V y) const {
    const DoubleDouble<V> sum = TwoSum(y, hn::Set(d, c.limit.high));
    const DoubleDouble<V> exact = FastTwoSum(sum.high, hn::Add(sum.low, hn::Set(d, c.limit.low)));
    const DoubleDouble<V> between = Mul(exact, hn::Set(d, c.input_scale));
    return Unscaled(d, IfThenElse(hn::Gt(y, hn::Zero(d)), SetPair(d, {c.scale, 0.0}), between));
  }

  template <class D, class V>
  V Class(D d, V y) const {
    const auto limited = hn::Le(y, hn::Set(d, c.lowest_output));
    return hn::IfThenElse(hn::Eq(y, y), hn::IfThenZeroElse(limited, hn::Set(d, 1.0)), y);
  }
};

// Gradient(x) times dy, or times dy and ddx. Where one of these is 0, infinite or NaN, the result is 0, infinite or NaN
// as IEEE has it: the product of the classes. An ordinary number, finite and not 0, stands in it as +1 or -1, so that
// it cannot overflow.
template <class Gradient>
struct ProductOp {
  Gradient gradient;

  template <class D, class V, class... Factors>
  V operator()(D d, V x, Factors... factors) const {
    Scaled<V> value = gradient.Value(d, x);
    V kind = OneIfOrdinary(d, gradient.Class(d, x));
    ((value = Mul(value, Normalised(d, factors))), ...);
    ((kind = hn::Mul(kind, OneIfOrdinary(d, factors))), ...);
    return hn::IfThenElse(IsOrdinary(d, kind), hn::CopySign(ToDouble(d, value), kind), kind);
  }

 private:
  template <class D, class V>
  static V OneIfOrdinary(D d, V v) {
    return hn::IfThenElse(IsOrdinary(d, v), hn::CopySign(hn::Set(d, 1.0), v), v);
  }
};

// x + 1 for x > 0;  exp(x) for x <= 0.
struct PlusOneOp {
  template <class D, class V>
  V operator()(D d, V x) const {
    const ProductOp<ExponentialGradient> exp{{PlusOneBelow()}};
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Add(x, hn::Set(d, 1.0)), exp(d, x));
  }
};

}  // namespace elu::cpu::HWY_NAMESPACE::float64::careful
HWY_AFTER_NAMESPACE();

#endif  // include guard
