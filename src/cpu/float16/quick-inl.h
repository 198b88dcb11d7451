// The quick ops of the 16-bit types: functions of the family on vectors of floats that hold 16-bit numbers, by fused
// operations.
//
// At alpha = scale = input_scale = 1 a function of one input has but 65,536 results. float16_error_test runs them all,
// and each rounds correctly. Such an op, for NeverInDoubt, gives
//   operator()   the function
//   kTies        whether results may be ties
//
// The others are for Ziv, which has the careful op redo what they leave in doubt:
//   Takes        whether the op may take these parameters
//   operator()   the function, for the inputs in the order of the careful ops; x is the first
//   kWindow      twice the bound of its error, in units in the last place of float (docs/numerics.md); a power of two
//   Carry        InFloats::Carried of the result; something else where the result is exact, and 0, which is in doubt,
//                where the result is not to be used

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
#include "src/cpu/float16/constants.h"
#include "src/cpu/math/arithmetic-inl.h"
#include "src/cpu/math/constants.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE::float16::quick {

// e^r = 1 + r + r^2 q(r).
template <class D, class V, size_t terms>
V ExpOfReduced(D d, const float (&c)[terms], V r) {
  const V one = hn::Set(d, 1.0F);
  return hn::MulAdd(hn::MulAdd(Polynomial(d, r, c), r, one), r, one);
}

// e^z = 2^k e^r with z = x steps ln 2, where steps is the sum of two floats. `biased` is the sum with k in its last
// bits.
template <class V>
struct ReducedBySteps {
  V r, biased;
};

template <class D, class V>
ReducedBySteps<V> ReduceBySteps(D d, V x, V steps, V steps_low, float round_to_exponent) {
  const V magic = hn::Set(d, round_to_exponent);
  const V biased = hn::MulAdd(x, steps, magic);
  const V rest = hn::MulAdd(x, steps_low, hn::MulSub(x, steps, hn::Sub(biased, magic)));
  return {hn::Mul(rest, hn::Set(d, kLn2<float>)), biased};
}

// e^z - 1 for z <= 0.
template <class D, class V, size_t terms>
V Expm1(D d, const float (&c)[terms], V z) {
  return Expm1ByPolynomial(d, NotBelow(d, kFloat16Saturated, z), c);
}

// e^x - 1 for x <= -2^-12.
struct Expm1Op {
  static constexpr bool kTies = false;

  template <class D, class V>
  V operator()(D d, V x) const {
    return Expm1(d, kExp3, x);
  }
};

// above for x > 0;  e^x for x <= 0. 2^k is computed 2^64 times as large, so that only the last product, which undoes
// that, can be subnormal.
struct UnitExponentialOp {
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
    x = NotBelow(d, kFloat16LowestExponent, x);
    const auto [r, biased] = ReduceBySteps(d, x, hn::Set(d, steps), hn::Set(d, low), kRoundToExponent<float> + 64);
    return hn::Mul(hn::Mul(ExpOfReduced(d, kExp3, r), PowerOfTwo(d, biased)), hn::Set(d, 0x1p-64F));
  }
};

// x + 1 for x > 0;  e^x for x <= 0.
struct PlusOneOp : UnitExponentialOp {
  static constexpr bool kTies = true;

  template <class D, class V>
  V operator()(D d, V x) const {
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Add(x, hn::Set(d, 1.0F)), Exp(d, x));
  }
};

struct DerivativeFromOutputOp : UnitDerivativeFromOutputOp {
  static constexpr bool kTies = true;
};

// Whether products of this parameter, of a power of two down to 2^-116 and of 16-bit numbers are normal floats, or need
// not be.
inline bool Takes(double parameter) { return Within(std::fabs(parameter), 0x1p+8); }

// f(x) = scale * x for x > 0;  scale * alpha * expm1(input_scale * x) for x <= 0.
template <InputScale kInputScale>
struct ForwardOp {
  static constexpr bool kUnitInput = kInputScale == InputScale::kUnit;
  static constexpr uint32_t kWindow = kUnitInput ? 8 : 16;
  float scale, input_scale, limit, slope;

  explicit ForwardOp(const Coefficients& c)
      : scale(static_cast<float>(c.scale)),
        input_scale(static_cast<float>(c.input_scale)),
        limit(static_cast<float>(c.limit.high)),
        slope(static_cast<float>(c.slope.high)) {}

  static bool Takes(const Coefficients& c) {
    return quick::Takes(c.scale) && quick::Takes(c.limit.high) && quick::Takes(c.input_scale) &&
           quick::Takes(c.slope.high);
  }

  template <class Floats, class D, class V>
  auto Carry(D d, V value, V) const {
    return Floats::template Carried<kWindow>(d, value);
  }
  // Near 0 f is slope * x: z = input_scale * x could underflow there where f does not.
  template <class D, class V>
  V operator()(D d, V x) const {
    const V z = kUnitInput ? x : hn::Mul(x, hn::Set(d, input_scale)), linear = hn::Mul(x, hn::Set(d, slope));
    V below = hn::Mul(Expm1(d, kExp4, z), hn::Set(d, limit));
    below = hn::IfThenElse(hn::Gt(z, hn::Set(d, -kFloat16Tiny)), linear, below);
    return hn::IfThenElse(hn::Le(x, hn::Zero(d)), below, hn::Mul(x, hn::Set(d, scale)));
  }
};

// above for x > 0;  factor * exp(input_scale * x) for x <= 0. Where 2^k could underflow, the careful op takes over.
// kUnit: factor = input_scale = 1.
template <Parameters kParameters>
struct ExponentialOp {
  static constexpr bool kUnit = kParameters == Parameters::kUnit;
  static constexpr uint32_t kWindow = kUnit ? 8 : 16;
  float above, factor, steps, steps_low, lowest_x;  // steps: input_scale / ln 2, in two floats

  ExponentialOp(double above_, double factor_, double input_scale)
      : above(static_cast<float>(above_)),
        factor(static_cast<float>(factor_)),
        steps(static_cast<float>(input_scale * kLog2E)),
        steps_low(static_cast<float>(input_scale * kLog2E - static_cast<double>(steps))),
        lowest_x(static_cast<float>(kFloat16LowestTested / input_scale)) {}

  template <class Floats, class D, class V, class... Factors>
  auto Carry(D d, V value, V x, Factors...) const {
    const hn::RebindToUnsigned<D> du;
    const auto lowest = hn::RebindMask(du, hn::Lt(x, hn::Set(d, lowest_x)));
    return hn::IfThenZeroElse(lowest, Floats::template Carried<kWindow>(d, value));
  }
  template <class D, class V>
  V operator()(D d, V x) const {
    const auto [r, biased] = ReduceBySteps(d, x, hn::Set(d, steps), hn::Set(d, steps_low), kRoundToExponent<float>);
    V power = PowerOfTwo(d, biased);
    if constexpr (!kUnit) power = hn::Mul(power, hn::Set(d, factor));
    const V below = hn::Mul(ExpOfReduced(d, kExp4, r), power);
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Set(d, above), below);
  }
};

// dx = f' * dy.
template <Parameters kParameters>
struct BackwardOp : ExponentialOp<kParameters> {
  using ExponentialOp<kParameters>::ExponentialOp;

  template <class D, class V>
  V operator()(D d, V x, V dy) const {
    return hn::Mul(ExponentialOp<kParameters>::operator()(d, x), dy);
  }
};

// dx = f'' * dy * ddx, where the product of the factors is exact and far from underflow and overflow.
template <Parameters kParameters>
struct DoubleBackwardOp : ExponentialOp<kParameters> {
  using ExponentialOp<kParameters>::ExponentialOp;

  template <class Floats, class D, class V>
  auto Carry(D d, V value, V x, V dy, V ddx) const {
    const V product = hn::Abs(hn::Mul(dy, ddx));
    const auto normal = hn::And(hn::Ge(product, hn::Set(d, 0x1p-100F)), hn::Le(product, hn::Set(d, 0x1p+100F)));
    const auto kept = hn::RebindMask(hn::RebindToUnsigned<D>(), hn::Or(normal, hn::Eq(product, hn::Zero(d))));
    return hn::IfThenElseZero(kept, ExponentialOp<kParameters>::template Carry<Floats>(d, value, x));
  }
  template <class D, class V>
  V operator()(D d, V x, V dy, V ddx) const {
    return hn::Mul(ExponentialOp<kParameters>::operator()(d, x), hn::Mul(dy, ddx));
  }
};

// The gradient from the output at alpha = scale = input_scale = 1. Where the product, rounded to float, is a tie of the
// 16-bit type, the exact product may lie on either side of it.
struct BackwardFromOutputOp {
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

}  // namespace elu::cpu::HWY_NAMESPACE::float16::quick
HWY_AFTER_NAMESPACE();

#endif  // include guard
