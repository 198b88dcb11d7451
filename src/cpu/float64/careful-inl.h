// The reference ops on doubles: computed in two doubles with the exponent apart, so that nothing between input and
// result overflows or underflows, and rounded once. They serve where the quick ops (float64-quick-inl.h) do not. Error:
// kReferenceUlps.

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
#include "src/cpu/float64/scaled-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

template <class D, class V>
auto IsOrdinary(D d, V v) {  // finite and not 0
  return hn::And(hn::Gt(hn::Abs(v), hn::Zero(d)), hn::Lt(hn::Abs(v), hn::Set(d, HUGE_VAL)));
}

// input_scale * x in two doubles; x so far below zero that every result has reached its limit is moved up.
template <class D, class V>
DoubleDouble<V> ExponentOf(D d, V x, double input_scale, double lowest) {
  const V lowest_x = hn::Set(d, lowest / input_scale);
  return TwoProduct(hn::IfThenElse(hn::Lt(x, lowest_x), lowest_x, x), hn::Set(d, input_scale));
}

// expm1(r) = r + r^2 (1/2 + r c), c = 1/3! + r e, with e = 1/4! + r/5! + ... alone in one double: it weighs 2^-8.9.
template <class D, class V>
DoubleDouble<V> DoubleExpm1OfReduced(D d, DoubleDouble<V> r) {
  V e = hn::Set(d, kInverseFactorial[kLastForDoubles]);
  for (int i = kLastForDoubles; i-- > 2;) e = hn::MulAdd(e, r.high, hn::Set(d, kInverseFactorial[i]));
  DoubleDouble<V> c = FastTwoSum(hn::Set(d, kInverseFactorial[1]), hn::Mul(r.high, e));
  c.low = hn::Add(c.low, hn::Set(d, kInverseFactorialLow[1]));
  const DoubleDouble<V> rc = TwoProduct(r.high, c.high);
  DoubleDouble<V> q = FastTwoSum(hn::Set(d, 0.5), rc.high);
  q.low = hn::Add(q.low, hn::MulAdd(r.high, c.low, hn::MulAdd(r.low, c.high, rc.low)));
  DoubleDouble<V> square = TwoProduct(r.high, r.high);
  square.low = hn::MulAdd(hn::Add(r.high, r.high), r.low, square.low);
  return AddSmaller(r, Mul(square, q));
}

// Enough of ln 2 for k = 0, where it does not count, and for others, where p is added to 1/2 at least.
template <class D, class V>
PreciseParts<V> DoubleReduce(D d, DoubleDouble<V> z) {
  const PowerOfTwo<V> power = NearestPowerOfTwo(d, z.high);
  const V leading = hn::Sub(z.high, hn::Mul(power.k, hn::Set(d, kLn2High)));  // exact
  const DoubleDouble<V> r = TwoSum(leading, hn::Mul(power.k, hn::Set(d, -kLn2Low)));
  // z.low may outweigh the last bits of r.high; where it is larger than r.high, r does not count beside 1/2.
  return {power, DoubleExpm1OfReduced(d, FastTwoSum(r.high, hn::Add(r.low, z.low)))};
}

// f(x) = scale * x for x > 0;  scale * alpha * expm1(input_scale * x) for x <= 0.
struct DoubleForwardOp {
  const Coefficients& c;

  template <class D, class V>
  V operator()(D d, V x) const {
    // f is linear here, and its parts would underflow
    const auto tiny = hn::Lt(hn::Abs(x), hn::Set(d, 0x1p-700));
    const V raised = hn::Mul(x, hn::IfThenElse(tiny, hn::Set(d, 0x1p+500), hn::Set(d, 1.0)));
    const auto [power, p] = DoubleReduce(d, ExponentOf(d, raised, c.input_scale, kLowestExponent));
    const DoubleDouble<V> less_one = FastTwoSum(hn::Set(d, -1.0), power.power);
    const DoubleDouble<V> expm1 = AddSmaller(less_one, MulByPowerOfTwo(p, power.power));
    const V lowered = hn::IfThenElseZero(tiny, hn::Set(d, -500.0));
    V below = ToDouble(d, Scaled<V>{Mul(expm1, SetPair(d, c.limit)), lowered});
    const auto infinite = hn::Eq(x, hn::Set(d, -HUGE_VAL));
    below = hn::IfThenElse(infinite, hn::Set(d, -c.limit.high), below);
    // Its sign is lost where it is 0. As bits: -infinity times 0 would be a NaN of any sign.
    below = hn::CopySign(below, hn::Xor(x, hn::Set(d, c.slope.high)));
    return hn::IfThenElse(hn::Le(x, hn::Zero(d)), below, hn::Mul(x, hn::Set(d, c.scale)));
  }
};

// above for x > 0;  factor * exp(input_scale * x) for x <= 0.
struct DoubleExponential {
  double above;
  ThreeDoubles factor;
  double input_scale;

  template <class D, class V>
  Scaled<V> Value(D d, V x) const {
    const auto [power, p] = DoubleReduce(d, ExponentOf(d, x, input_scale, kLowestExponentOfDoubles));
    const DoubleDouble<V> exp = AddSmaller(SetPair(d, {1.0, 0.0}), p);
    const DoubleDouble<V> below = Mul(exp, SetPair(d, {factor.high, factor.middle}));
    const auto positive = hn::Gt(x, hn::Zero(d));
    return {IfThenElse(positive, SetPair(d, {above, 0.0}), below), hn::IfThenZeroElse(positive, power.k)};
  }

  // NaN, 0 or another number of Value's sign
  template <class D, class V>
  V Kind(D d, V x) const {
    const V at_infinity = hn::Set(d, 0.0 * factor.high);
    const auto infinite = hn::Eq(x, hn::Set(d, -HUGE_VAL));
    const V below = hn::IfThenElse(infinite, at_infinity, hn::Set(d, factor.high));
    const V kind = hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Set(d, above), below);
    return hn::IfThenElse(hn::Eq(x, x), kind, x);
  }
};

inline DoubleExponential DoubleDerivative(const Coefficients& c) { return {c.scale, c.slope, c.input_scale}; }
inline DoubleExponential DoubleSecondDerivative(const Coefficients& c) { return {0.0, c.curvature, c.input_scale}; }

// scale for y > 0;  +0 for y <= round(-scale * alpha);  input_scale * (y + scale * alpha) between.
struct DoubleFromOutput {
  const Coefficients& c;

  template <class D, class V>
  Scaled<V> Value(D d, V y) const {
    const DoubleDouble<V> sum = TwoSum(y, hn::Set(d, c.limit.high));
    const DoubleDouble<V> exact = FastTwoSum(sum.high, hn::Add(sum.low, hn::Set(d, c.limit.low)));
    const DoubleDouble<V> between = Mul(exact, hn::Set(d, c.input_scale));
    return Unscaled(d, IfThenElse(hn::Gt(y, hn::Zero(d)), SetPair(d, {c.scale, 0.0}), between));
  }

  template <class D, class V>
  V Kind(D d, V y) const {
    const auto limited = hn::Le(y, hn::Set(d, c.lowest_output));
    return hn::IfThenElse(hn::Eq(y, y), hn::IfThenZeroElse(limited, hn::Set(d, 1.0)), y);
  }
};

// Gradient(x) times dy, or times dy and ddx. Where a factor is 0, infinite or NaN, the product is the IEEE one; that it
// does not overflow on the way, ordinary factors count as 1 there.
template <class Gradient>
struct DoubleProductOp {
  Gradient gradient;

  template <class D, class V, class... Factors>
  V operator()(D d, V x, Factors... factors) const {
    Scaled<V> value = gradient.Value(d, x);
    V kind = OneIfOrdinary(d, gradient.Kind(d, x));
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
struct DoublePlusOneOp {
  template <class D, class V>
  V operator()(D d, V x) const {
    const DoubleProductOp<DoubleExponential> exp{{0.0, {1.0, 0.0, 0.0}, 1.0}};
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Add(x, hn::Set(d, 1.0)), exp(d, x));
  }
};

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
