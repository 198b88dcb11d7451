// Forward in the fast mode: in floats, with fused operations. Error bounds: elu_accuracy in elu.h; `elu verify
// --accuracy fast` runs every float.

#if defined(ELU_SRC_CPU_FAST_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_FAST_INL_H_
#undef ELU_SRC_CPU_FAST_INL_H_
#else
#define ELU_SRC_CPU_FAST_INL_H_
#endif

#include <hwy/highway.h>

#include <cmath>
#include <iterator>
#include <limits>

#include "cpu/coefficients.h"
#include "cpu/constants.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// The sum of two floats.
struct TwoFloats {
  float high, low;
};

inline TwoFloats InFloats(double v) {
  const auto high = static_cast<float>(v);
  return {high, static_cast<float>(v - static_cast<double>(high))};
}

// f(x) = scale * x for x > 0;  scale * alpha * expm1(input_scale * x) for x <= 0.
struct FastForwardOp {
  TwoFloats scale, input_scale, limit, slope;
  float lowest_x, tiny_x;  // where z = input_scale * x reaches kFastLowestExponent and -kFastTiny

  explicit FastForwardOp(const Coefficients& c)
      : scale(InFloats(c.scale)),
        input_scale(InFloats(c.input_scale)),
        limit(InFloats(c.limit.high)),
        slope(InFloats(c.slope.high)),
        lowest_x(static_cast<float>(kFastLowestExponent / c.input_scale)),
        tiny_x(static_cast<float>(-kFastTiny / c.input_scale)) {}

  // Where no second float of a parameter overflows, times x, before f does, and none that counts underflows.
  static bool Takes(const Coefficients& c) {
    const auto moderate = [](double v) { return std::fabs(v) >= 0x1p-24 && std::fabs(v) <= 0x1p+24; };
    return moderate(c.scale) && moderate(c.limit.high) && moderate(c.slope.high) && moderate(c.input_scale);
  }

  template <class D, class V>
  V operator()(D d, V x) const {
    V below = Below(d, x);
    const auto tiny = hn::Gt(x, hn::Set(d, tiny_x));
    const auto positive = hn::Gt(x, hn::Zero(d));
    if (HWY_UNLIKELY(!hn::AllFalse(d, hn::AndNot(positive, tiny)))) below = hn::IfThenElse(tiny, Linear(d, x), below);
    return hn::IfThenElse(positive, Above(d, x), below);
  }

 private:
  // x may be infinite, which scale.low must not meet.
  template <class D, class V>
  V Above(D d, V x) const {
    const V finite = hn::Min(x, hn::Set(d, std::numeric_limits<float>::max()));
    return hn::MulAdd(x, hn::Set(d, scale.high), hn::Mul(finite, hn::Set(d, scale.low)));
  }

  // f is linear near 0, where z could underflow though f does not. The sum loses the sign of a zero.
  template <class D, class V>
  V Linear(D d, V x) const {
    const V product = hn::Mul(x, hn::Set(d, slope.high));
    return hn::CopySign(hn::MulAdd(x, hn::Set(d, slope.high), hn::Mul(x, hn::Set(d, slope.low))), product);
  }

  // limit * (2^k - 1 + 2^k (r + c)), the large parts last; c = r^2 q(r) and what z has beyond a float.
  template <class D, class V>
  V Below(D d, V x) const {
    x = hn::IfThenElse(hn::Lt(x, hn::Set(d, lowest_x)), hn::Set(d, lowest_x), x);
    const V z = hn::Mul(x, hn::Set(d, input_scale.high));
    const V rest = hn::MulAdd(x, hn::Set(d, input_scale.low), hn::MulSub(x, hn::Set(d, input_scale.high), z));
    const V magic = hn::Set(d, kFastRoundToExponent);
    const V biased = hn::MulAdd(z, hn::Set(d, static_cast<float>(kLog2E)), magic);
    const V power = hn::BitCast(d, hn::ShiftLeft<23>(hn::BitCast(hn::RebindToUnsigned<D>(), biased)));
    const V k = hn::Sub(biased, magic);
    const V r = hn::NegMulAdd(k, hn::Set(d, kFastLn2Low), hn::NegMulAdd(k, hn::Set(d, kFastLn2High), z));
    V q = hn::Set(d, kFastExpm1[std::size(kFastExpm1) - 1]);
    for (size_t i = std::size(kFastExpm1) - 1; i-- > 0;) q = hn::MulAdd(q, r, hn::Set(d, kFastExpm1[i]));
    const V c = hn::MulAdd(hn::Mul(r, r), q, hn::MulAdd(rest, r, rest));
    const V less_one = hn::Sub(power, hn::Set(d, 1.0F));
    const V high = hn::Set(d, limit.high), scaled = hn::Mul(high, power);
    const V by_low = hn::Mul(hn::Set(d, limit.low), hn::MulAdd(power, r, less_one));
    const V small = hn::MulAdd(scaled, r, hn::MulAdd(scaled, c, by_low));
    return hn::MulAdd(high, less_one, small);
  }
};

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
