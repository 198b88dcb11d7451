// The ops of the 16-bit types: functions of the family on vectors of floats that hold 16-bit numbers, by fused
// operations.
//
// At alpha = scale = input_scale = 1 functions of one input have but 65,536 results. half_error_test runs them all, and
// each rounds correctly. Such an op gives
//   operator()   the function
//   kTies        whether results may be ties
//
// Others go through ThroughFloat if their parameters are moderate, and doubles do what they leave:
//   operator()   the function, for the inputs in the order of the ops of doubles; x is the first
//   kWindow      twice the bound of its error, in units in the last place of float (docs/numerics.md); a power of two
//   Carry        InFloats::Carried of the result, or what stands for it where the result is exact or not to be used

#if defined(ELU_SRC_CPU_FLOAT16_QUICK_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_FLOAT16_QUICK_INL_H_
#undef ELU_SRC_CPU_FLOAT16_QUICK_INL_H_
#else
#define ELU_SRC_CPU_FLOAT16_QUICK_INL_H_
#endif

#include <hwy/highway.h>

#include <cmath>

#include "src/cpu/careful/unit-inl.h"
#include "src/cpu/coefficients.h"
#include "src/cpu/math/arithmetic-inl.h"
#include "src/cpu/math/constants.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

// e^r = 1 + r + r^2 q(r).
template <class D, class V, size_t terms>
V ExpOfReduced(D d, const float (&c)[terms], V r) {
  const V one = hn::Set(d, 1.0F);
  return hn::MulAdd(hn::MulAdd(Polynomial(d, r, c), r, one), r, one);
}

// r, and the sum with k in its last bits, for e^z = 2^k e^r, where z = x steps ln 2; steps are two floats.
template <class V>
struct HalfReduced {
  V r, biased;
};

template <class D, class V>
HalfReduced<V> ReduceBySteps(D d, V x, V steps, V steps_low, float round_to_exponent) {
  const V magic = hn::Set(d, round_to_exponent);
  const V biased = hn::MulAdd(x, steps, magic);
  const V rest = hn::MulAdd(x, steps_low, hn::MulSub(x, steps, hn::Sub(biased, magic)));
  return {hn::Mul(rest, hn::Set(d, kFastLn2)), biased};
}

// e^z - 1 for z <= 0.
template <class D, class V, size_t terms>
V HalfExpm1(D d, const float (&c)[terms], V z) {
  return FastExpm1(d, NotBelow(d, kHalfSaturated, z), c);
}

// e^x - 1 for x <= -2^-12.
struct HalfExpm1Op {
  static constexpr bool kTies = false;

  template <class D, class V>
  V operator()(D d, V x) const {
    return HalfExpm1(d, kExp3, x);
  }
};

// above for x > 0;  e^x for x <= 0. 2^k is scaled, so that only the last product can be subnormal.
struct HalfExpOp {
  static constexpr bool kTies = false;
  float above;

  template <class D, class V>
  V operator()(D d, V x) const {
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Set(d, above), Exp(d, x));
  }

 protected:
  template <class D, class V>
  static V Exp(D d, V x) {
    const float steps = static_cast<float>(kLog2E), low = static_cast<float>(kLog2E - static_cast<double>(steps));
    x = NotBelow(d, kHalfLowestExponent, x);
    const auto [r, biased] = ReduceBySteps(d, x, hn::Set(d, steps), hn::Set(d, low), kFastRoundToExponent + 64);
    return hn::Mul(hn::Mul(ExpOfReduced(d, kExp3, r), FastPower(d, biased)), hn::Set(d, 0x1p-64F));
  }
};

// x + 1 for x > 0;  e^x for x <= 0.
struct HalfPlusOneOp : HalfExpOp {
  static constexpr bool kTies = true;

  template <class D, class V>
  V operator()(D d, V x) const {
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Add(x, hn::Set(d, 1.0F)), Exp(d, x));
  }
};

struct HalfDerivativeFromOutputOp : UnitDerivativeFromOutputOp {
  static constexpr bool kTies = true;
};

// Where products of parameters, a power of two down to 2^-116 and 16-bit numbers are normal floats, or need not be.
inline bool IsModerate(double v) { return std::fabs(v) >= 0x1p-8 && std::fabs(v) <= 0x1p+8; }

inline bool AreModerate(const Coefficients& c) {
  return IsModerate(c.scale) && IsModerate(c.limit.high) && IsModerate(c.input_scale) && IsModerate(c.slope.high);
}

// f(x) = scale * x for x > 0;  scale * alpha * expm1(input_scale * x) for x <= 0.
template <bool unit_input_scale>
struct HalfForwardOp {
  static constexpr uint32_t kWindow = unit_input_scale ? 8 : 16;
  float scale, input_scale, limit, slope;

  explicit HalfForwardOp(const Coefficients& c)
      : scale(static_cast<float>(c.scale)),
        input_scale(static_cast<float>(c.input_scale)),
        limit(static_cast<float>(c.limit.high)),
        slope(static_cast<float>(c.slope.high)) {}

  template <class Floats, class D, class V>
  auto Carry(D d, V value, V) const {
    return Floats::template Carried<kWindow>(d, value);
  }
  // Linear near 0, where z could underflow though f does not.
  template <class D, class V>
  V operator()(D d, V x) const {
    const V z = unit_input_scale ? x : hn::Mul(x, hn::Set(d, input_scale)), linear = hn::Mul(x, hn::Set(d, slope));
    V below = hn::Mul(HalfExpm1(d, kExp4, z), hn::Set(d, limit));
    below = hn::IfThenElse(hn::Gt(z, hn::Set(d, -kHalfTiny)), linear, below);
    return hn::IfThenElse(hn::Le(x, hn::Zero(d)), below, hn::Mul(x, hn::Set(d, scale)));
  }
};

// above for x > 0;  factor * exp(input_scale * x) for x <= 0. Where 2^k could underflow, doubles take over.
template <bool unit>
struct HalfExponentialOp {
  static constexpr uint32_t kWindow = unit ? 8 : 16;
  float above, factor, steps, steps_low, lowest_x;  // steps: input_scale / ln 2, in two floats

  HalfExponentialOp(double above_, double factor_, double input_scale)
      : above(static_cast<float>(above_)),
        factor(static_cast<float>(factor_)),
        steps(static_cast<float>(input_scale * kLog2E)),
        steps_low(static_cast<float>(input_scale * kLog2E - static_cast<double>(steps))),
        lowest_x(static_cast<float>(kHalfLowestTested / input_scale)) {}

  template <class Floats, class D, class V, class... Factors>
  auto Carry(D d, V value, V x, Factors...) const {
    const hn::RebindToUnsigned<D> du;
    const auto lowest = hn::RebindMask(du, hn::Lt(x, hn::Set(d, lowest_x)));
    return hn::IfThenZeroElse(lowest, Floats::template Carried<kWindow>(d, value));
  }
  template <class D, class V>
  V operator()(D d, V x) const {
    const auto [r, biased] = ReduceBySteps(d, x, hn::Set(d, steps), hn::Set(d, steps_low), kFastRoundToExponent);
    V power = FastPower(d, biased);
    if constexpr (!unit) power = hn::Mul(power, hn::Set(d, factor));
    const V below = hn::Mul(ExpOfReduced(d, kExp4, r), power);
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Set(d, above), below);
  }
};

// dx = f' * dy.
template <bool unit>
struct HalfBackwardOp : HalfExponentialOp<unit> {
  using HalfExponentialOp<unit>::HalfExponentialOp;

  template <class D, class V>
  V operator()(D d, V x, V dy) const {
    return hn::Mul(HalfExponentialOp<unit>::operator()(d, x), dy);
  }
};

// dx = f'' * dy * ddx, where the product of the factors is exact and far from underflow and overflow.
template <bool unit>
struct HalfDoubleBackwardOp : HalfExponentialOp<unit> {
  using HalfExponentialOp<unit>::HalfExponentialOp;

  template <class Floats, class D, class V>
  auto Carry(D d, V value, V x, V dy, V ddx) const {
    const V product = hn::Abs(hn::Mul(dy, ddx));
    const auto normal = hn::And(hn::Ge(product, hn::Set(d, 0x1p-100F)), hn::Le(product, hn::Set(d, 0x1p+100F)));
    const auto kept = hn::RebindMask(hn::RebindToUnsigned<D>(), hn::Or(normal, hn::Eq(product, hn::Zero(d))));
    return hn::IfThenElseZero(kept, HalfExponentialOp<unit>::template Carry<Floats>(d, value, x));
  }
  template <class D, class V>
  V operator()(D d, V x, V dy, V ddx) const {
    return hn::Mul(HalfExponentialOp<unit>::operator()(d, x), hn::Mul(dy, ddx));
  }
};

// The gradient from the output at alpha = scale = input_scale = 1. Rounded to float on a tie, the product may
// come from either side of it.
struct HalfBackwardFromOutputOp {
  static constexpr uint32_t kWindow = 1;

  template <class Floats, class D, class V>
  auto Carry(D d, V value, V y, V) const {
    return Floats::CarriedIfProduct(d, value, y);
  }
  template <class D, class V>
  V operator()(D d, V y, V dy) const {
    return UnitBackwardFromOutputOp()(d, y, dy);
  }
};

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
