// The ops: each function of the ELU family on one vector of doubles that hold floats.
//   Approximate  relative error below kApproximateError; decides all but some 2^-18 of the results
//   Precise      two doubles, relative error below kPreciseError / 2; asked for lanes that Approximate cannot round,
//                so never for NaN, infinite or zero results
// The branch is chosen by x alone, and every comparison is written so that NaN reaches the result.

#if defined(ELU_SRC_CPU_ELU_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_ELU_INL_H_
#undef ELU_SRC_CPU_ELU_INL_H_
#else
#define ELU_SRC_CPU_ELU_INL_H_
#endif

#include <hwy/highway.h>

#include <limits>

#include "cpu/coefficients.h"
#include "cpu/expm1-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

// A result strictly smaller in magnitude than a value that may be a tie of the rounding, such as
// |f(x)| < |scale * alpha|, goes toward zero where two doubles cannot tell it from that tie.
template <class D, class V>
DoubleDouble<V> TowardZero(D d, DoubleDouble<V> v) {
  return FastTwoSum(v.high, hn::NegMulAdd(v.high, hn::Set(d, kPreciseError), v.low));
}

// f(x) = scale * x for x > 0;  scale * alpha * expm1(input_scale * x) for x <= 0.
struct ForwardOp {
  const Coefficients& c;

  template <class D, class V>
  V Approximate(D d, V x) const {
    const V z = hn::Mul(x, hn::Set(d, c.input_scale));
    // The sum in expm1 turns -0 into +0; for z <= 0 the result has the sign of z.
    const V expm1 = hn::CopySign(ApproximateExpm1(d, z), z);
    const V below = hn::Mul(expm1, hn::Set(d, c.limit.high));
    return hn::IfThenElse(hn::Le(x, hn::Zero(d)), below, hn::Mul(x, hn::Set(d, c.scale)));
  }

  template <class D, class V>
  DoubleDouble<V> Precise(D d, V x) const {
    const V minus_infinity = hn::Set(d, -std::numeric_limits<double>::infinity());
    const DoubleDouble<V> expm1 = PreciseExpm1(d, TwoProduct(x, hn::Set(d, c.input_scale)));
    DoubleDouble<V> below = TowardZero(d, Mul(expm1, SetPair(d, c.limit)));
    below = IfThenElse(hn::Eq(x, minus_infinity), SetPair(d, {-c.limit.high, -c.limit.low}), below);
    return IfThenElse(hn::Le(x, hn::Zero(d)), below, TwoProduct(x, hn::Set(d, c.scale)));
  }
};

// f'(x) = scale for x > 0;  scale * alpha * input_scale * exp(input_scale * x) for x <= 0.
struct DerivativeOp {
  const Coefficients& c;

  template <class D, class V>
  V Approximate(D d, V x) const {
    const V exp = ApproximateExp(d, hn::Mul(x, hn::Set(d, c.input_scale)));
    const V minus_infinity = hn::Set(d, -std::numeric_limits<double>::infinity());
    const V below = hn::Mul(hn::IfThenZeroElse(hn::Eq(x, minus_infinity), exp), hn::Set(d, c.slope.high));
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Set(d, c.scale), below);
  }

  template <class D, class V>
  DoubleDouble<V> Precise(D d, V x) const {
    const DoubleDouble<V> exp = PreciseExp(d, TwoProduct(x, hn::Set(d, c.input_scale)));
    const DoubleDouble<V> below = TowardZero(d, Mul(exp, SetPair(d, c.slope)));
    const DoubleDouble<V> at_zero = SetPair(d, c.slope);
    const DoubleDouble<V> above = SetPair(d, {c.scale, 0.0});
    return IfThenElse(hn::Lt(x, hn::Zero(d)), below, IfThenElse(hn::Eq(x, hn::Zero(d)), at_zero, above));
  }
};

// f' from y = f(x): scale for y > 0;  +0 for y <= round(-scale * alpha);  input_scale * (y + scale * alpha) between.
struct DerivativeFromOutputOp {
  const Coefficients& c;

  template <class D, class V>
  V Approximate(D d, V y) const {
    // The first sum is exact where it cancels, so the second part of the limit keeps its weight.
    const V sum = hn::Add(hn::Add(y, hn::Set(d, c.limit.high)), hn::Set(d, c.limit.low));
    return Branches(d, y, hn::Mul(sum, hn::Set(d, c.input_scale)), hn::Zero(d), hn::Set(d, c.scale));
  }

  template <class D, class V>
  DoubleDouble<V> Precise(D d, V y) const {
    const DoubleDouble<V> sum = Add(DoubleDouble<V>{y, hn::Zero(d)}, SetPair(d, c.limit));
    const DoubleDouble<V> between = Mul(sum, hn::Set(d, c.input_scale));
    return Branches(d, y, between, SetPair(d, {0.0, 0.0}), SetPair(d, {c.scale, 0.0}));
  }

 private:
  template <class D, class V, class R>
  R Branches(D d, V y, R between, R at_limit, R above) const {
    using hn::IfThenElse;
    const auto limited = hn::Le(y, hn::Set(d, static_cast<double>(c.lowest_output)));
    return IfThenElse(hn::Gt(y, hn::Zero(d)), above, IfThenElse(limited, at_limit, between));
  }
};

// dx = dy * f'. The product is rounded once: f' is not rounded before it.
template <class Gradient>
struct ProductOp {
  Gradient gradient;

  template <class D, class V>
  V Approximate(D d, V dy, V at) const {
    return hn::Mul(dy, gradient.Approximate(d, at));
  }

  template <class D, class V>
  DoubleDouble<V> Precise(D d, V dy, V at) const {
    return Mul(gradient.Precise(d, at), dy);
  }
};

using BackwardOp = ProductOp<DerivativeOp>;
using BackwardFromOutputOp = ProductOp<DerivativeFromOutputOp>;

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
