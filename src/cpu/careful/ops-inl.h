// The ops: each function of the ELU family on one vector of doubles that hold floats or narrower numbers.
//   Approximate  relative error below kApproximateError: decides all results but those next to a tie of the rounding
//   Exact        what needs no exponential: the exact value as three doubles (of a product of all parameters and dy, to
//                2^-150), and the lanes where it is the result
//   Precise      the other lanes, with a relative error below kPreciseError; kNeedsExp is false where there are none
// Exact and Precise are asked for lanes that Approximate cannot round, so never for NaN, infinite or zero results.
// The branch is chosen by x alone, and every comparison is written so that NaN reaches the result.

#if defined(ELU_SRC_CPU_CAREFUL_OPS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_CAREFUL_OPS_INL_H_
#undef ELU_SRC_CPU_CAREFUL_OPS_INL_H_
#else
#define ELU_SRC_CPU_CAREFUL_OPS_INL_H_
#endif

#include <hwy/highway.h>

#include <limits>

#include "src/cpu/careful/expm1-inl.h"
#include "src/cpu/coefficients.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE::careful {

// For |z| < kTiny: expm1(z) = z (1 + TinyExpm1Change(z)) and exp(z) = 1 + TinyExpChange(z). Both changes have full
// relative accuracy, so that Precise may add them to a bound that is exact.
template <class D, class V>
V TinyExpm1Change(D d, V z) {
  return hn::Mul(hn::Mul(z, hn::Set(d, 0.5)), hn::MulAdd(z, hn::Set(d, 1.0 / 3.0), hn::Set(d, 1.0)));
}

template <class D, class V>
V TinyExpChange(D d, V z) {
  return hn::MulAdd(hn::Mul(z, z), hn::Set(d, 0.5), z);
}

template <class D, class V = hn::VFromD<D>>
struct ExactLanes {
  TripleDouble<V> value;
  hn::Mask<D> where;
};

// f(x) = scale * x for x > 0;  scale * alpha * expm1(input_scale * x) for x <= 0.
struct ForwardOp {
  static constexpr bool kNeedsExp = true;
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
  ExactLanes<D> Exact(D d, V x) const {
    return {ToTriple(TwoProduct(x, hn::Set(d, c.scale))), hn::Gt(x, hn::Zero(d))};
  }

  // |f| lies below two bounds: |limit|, close to it for large |z|, and |slope * x|, close to it for small |z|. Either
  // bound may itself be a tie of the rounding. So f is computed there as that bound, exactly, less a small part. The
  // sign of that part alone puts the result on the right side of the tie.
  template <class D, class V>
  TripleDouble<V> Precise(D d, V x) const {
    const DoubleDouble<V> z = TwoProduct(x, hn::Set(d, c.input_scale));
    const V minus_infinity = hn::Set(d, -std::numeric_limits<double>::infinity());
    const V exp = hn::IfThenZeroElse(hn::Eq(x, minus_infinity), PreciseExp(d, z).high);
    const TripleDouble<V> saturated = Changed(ToTriple(SetPair(d, {-c.limit.high, -c.limit.low})), hn::Neg(exp));
    const TripleDouble<V> tiny = Changed(Mul(SetTriple(d, c.slope), x), TinyExpm1Change(d, z.high));
    TripleDouble<V> below = ToTriple(Mul(PreciseExpm1(d, z), SetPair(d, c.limit)));
    below = IfThenElse(hn::Lt(z.high, hn::Set(d, kSaturated)), saturated, below);
    return IfThenElse(hn::Gt(z.high, hn::Set(d, -kTiny)), tiny, below);
  }
};

// above for x > 0;  factor * exp(input_scale * x) for x <= 0.
struct ExponentialOp : Exponential {
  static constexpr bool kNeedsExp = true;

  template <class D, class V>
  V Approximate(D d, V x) const {
    const V exp = ApproximateExp(d, hn::Mul(x, hn::Set(d, input_scale)));
    const V minus_infinity = hn::Set(d, -std::numeric_limits<double>::infinity());
    const V below = hn::Mul(hn::IfThenZeroElse(hn::Eq(x, minus_infinity), exp), hn::Set(d, factor.high));
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Set(d, above), below);
  }

  template <class D, class V>
  ExactLanes<D> Exact(D d, V x) const {
    return {SetTriple(d, {above, 0.0, 0.0}), hn::Gt(x, hn::Zero(d))};
  }

  // |factor| is a bound that may be a tie, as |limit| is of f. At x = 0 the change is 0.
  template <class D, class V>
  TripleDouble<V> Precise(D d, V x) const {
    const DoubleDouble<V> z = TwoProduct(x, hn::Set(d, input_scale));
    const TripleDouble<V> tiny = Changed(SetTriple(d, factor), TinyExpChange(d, z.high));
    const DoubleDouble<V> exp = PreciseExp(d, z);
    const TripleDouble<V> below = ToTriple(Mul(exp, SetPair(d, {factor.high, factor.middle})));
    return IfThenElse(hn::Gt(z.high, hn::Set(d, -kTiny)), tiny, below);
  }
};

// x + 1 for x > 0;  exp(x) for x <= 0.
struct PlusOneOp : ExponentialOp {
  PlusOneOp() : ExponentialOp{PlusOneBelow()} {}

  template <class D, class V>
  V Approximate(D d, V x) const {
    const V above = hn::Add(x, hn::Set(d, 1.0));
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), above, ExponentialOp::Approximate(d, x));
  }

  template <class D, class V>
  ExactLanes<D> Exact(D d, V x) const {
    return {ToTriple(TwoSum(x, hn::Set(d, 1.0))), hn::Gt(x, hn::Zero(d))};
  }
};

// f' from y = f(x): scale for y > 0;  +0 for y <= round(-scale * alpha);  input_scale * (y + scale * alpha) between.
struct DerivativeFromOutputOp {
  static constexpr bool kNeedsExp = false;
  const Coefficients& c;

  template <class D, class V>
  V Approximate(D d, V y) const {
    // The first sum is exact where it cancels, so the second part of the limit keeps its weight.
    const V sum = hn::Add(hn::Add(y, hn::Set(d, c.limit.high)), hn::Set(d, c.limit.low));
    return Branches(d, y, hn::Mul(sum, hn::Set(d, c.input_scale)), hn::Zero(d), hn::Set(d, c.scale));
  }

  template <class D, class V>
  ExactLanes<D> Exact(D d, V y) const {
    const DoubleDouble<V> sum = TwoSum(y, hn::Set(d, c.limit.high));
    const TripleDouble<V> exact = WithTail(sum.high, TwoSum(sum.low, hn::Set(d, c.limit.low)));
    const TripleDouble<V> between = Mul(exact, hn::Set(d, c.input_scale));
    const TripleDouble<V> zero = SetTriple(d, {0.0, 0.0, 0.0}), above = SetTriple(d, {c.scale, 0.0, 0.0});
    return {Branches(d, y, between, zero, above), hn::Eq(y, y)};
  }

 private:
  template <class D, class V, class R>
  R Branches(D d, V y, R between, R at_limit, R above) const {
    using hn::IfThenElse;
    const auto limited = hn::Le(y, hn::Set(d, c.lowest_output));
    return IfThenElse(hn::Gt(y, hn::Zero(d)), above, IfThenElse(limited, at_limit, between));
  }
};

// dx = f' * dy, or f'' * dy * ddx. The product is rounded once: f' is not rounded before it. dy * ddx is exact, as the
// product of two floats is a double.
template <class Gradient>
struct ProductOp {
  static constexpr bool kNeedsExp = Gradient::kNeedsExp;
  Gradient gradient;

  template <class D, class V, class... Factors>
  V Approximate(D d, V x, Factors... factors) const {
    return hn::Mul(gradient.Approximate(d, x), Product(factors...));
  }

  template <class D, class V, class... Factors>
  ExactLanes<D> Exact(D d, V x, Factors... factors) const {
    const auto [value, where] = gradient.Exact(d, x);
    return {Mul(value, Product(factors...)), where};
  }

  template <class D, class V, class... Factors>
  TripleDouble<V> Precise(D d, V x, Factors... factors) const {
    return Mul(gradient.Precise(d, x), Product(factors...));
  }

 private:
  template <class V>
  static V Product(V dy) {
    return dy;
  }
  template <class V>
  static V Product(V dy, V ddx) {
    return hn::Mul(dy, ddx);
  }
};

using BackwardOp = ProductOp<ExponentialOp>;
using BackwardFromOutputOp = ProductOp<DerivativeFromOutputOp>;

}  // namespace elu::cpu::HWY_NAMESPACE::careful
HWY_AFTER_NAMESPACE();

#endif  // include guard
