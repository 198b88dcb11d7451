// The fast mode: in floats, with fused operations. Error bounds: elu_accuracy in elu.h, derived in docs/numerics.md;
// `elu verify --accuracy fast` runs every float.
//   Takes  the parameters that may be floats, without overflow or underflow on the way

#if defined(ELU_SRC_CPU_FAST_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_FAST_INL_H_
#undef ELU_SRC_CPU_FAST_INL_H_
#else
#define ELU_SRC_CPU_FAST_INL_H_
#endif

#include <hwy/highway.h>

#include <cmath>
#include <cstddef>
#include <iterator>
#include <limits>

#include "cpu/arithmetic-inl.h"
#include "cpu/coefficients.h"
#include "cpu/constants.h"
#include "cpu/elu-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

// Parameters that may be floats: no result but an extreme one overflows or underflows on the way.
inline bool Moderate(double v) { return v >= 0x1p-24 && v <= 0x1p+24; }
inline bool ModerateInput(double input_scale) { return input_scale >= 0x1p-16 && input_scale <= 0x1p+16; }

// f at alpha = scale = input_scale = 1: x for x >= 0 and NaN;  e^x - 1 for x < 0.
struct FastUnitForwardOp {
  template <class D, class V>
  HWY_INLINE V operator()(D d, V x) const {
    const V below = FastExpm1(d, NotBelow(d, kFastSaturated, x), kFastExpm1);
    return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), below, x);
  }
};

// f(x) = scale * x for x >= 0;  (2^k - 1) limit + 2^k limit (r + r^2 q(r)) for x < 0, the small terms first.
class FastForwardOp {
 public:
  explicit FastForwardOp(const Coefficients& c)
      : scale_(NotAbove(c.scale)),
        scale_rest_(static_cast<float>(c.scale - static_cast<double>(scale_))),
        limit_(static_cast<float>(c.limit.high)),
        limit_rest_(static_cast<float>(c.limit.high - static_cast<double>(limit_))) {}

  // Of other input_scale the length ln 2 / input_scale, rounded to a float, could cost 1.6 ulp.
  static bool Takes(const Coefficients& c) {
    return c.input_scale == 1.0 && Moderate(c.scale) && Moderate(c.limit.high);
  }

  template <class D, class V>
  HWY_INLINE V operator()(D d, V x) const {
    const auto [shifted, k, r] = FastReduce(d, NotBelow(d, kFastSaturated, x), static_cast<float>(kLog2E), kFastLn2);
    const V power = FastPower(d, shifted), less_one = hn::Sub(power, hn::Set(d, 1.0F));
    const V slope = hn::Mul(hn::Set(d, limit_), power);
    V below = hn::Mul(hn::MulAdd(power, r, less_one), hn::Set(d, limit_rest_));
    below = hn::MulAdd(hn::Mul(slope, hn::Mul(r, r)), Polynomial(d, r, kFastExpm1), below);
    below = hn::MulAdd(less_one, hn::Set(d, limit_), hn::MulAdd(slope, r, below));
    below = hn::Or(below, hn::Set(d, -0.0F));  // what underflows keeps its sign
    return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), below, Above(d, x));
  }

 private:
  // The largest float that is not above v > 0: what is left of it is not negative then, and -0 keeps its sign.
  static float NotAbove(double v) {
    const auto nearest = static_cast<float>(v);
    return static_cast<double>(nearest) > v ? std::nextafter(nearest, 0.0F) : nearest;
  }

  // In two floats, or results next to the largest would overflow. x may be infinite, which the second must not meet.
  template <class D, class V>
  HWY_INLINE V Above(D d, V x) const {
    const V finite = hn::Min(x, hn::Set(d, std::numeric_limits<float>::max()));
    return hn::MulAdd(x, hn::Set(d, scale_), hn::Mul(finite, hn::Set(d, scale_rest_)));
  }

  float scale_, scale_rest_, limit_, limit_rest_;
};

// above for x > 0;  factor * e^(input_scale * x) for x <= 0. kUnit: where these three are 1.
template <bool kUnit>
class FastExponentialOp {
 public:
  explicit FastExponentialOp(const ExponentialOp& op)
      : above_(static_cast<float>(op.above)),
        factor_(static_cast<float>(op.factor.high)),
        factor_rest_(static_cast<float>(op.factor.high / static_cast<double>(factor_) - 1.0)),
        input_scale_(static_cast<float>(op.input_scale)),
        lowest_(static_cast<float>(kFastLowestExponent / op.input_scale)),
        rate_(static_cast<float>(kLog2E * op.input_scale)),
        length_(LeadingBits(kLn2 / op.input_scale)),
        length_rest_(static_cast<float>(kLn2 / op.input_scale - static_cast<double>(length_))),
        ln2_rest_(static_cast<float>(kLn2 - static_cast<double>(length_) * op.input_scale)) {
    double power = op.input_scale;
    for (size_t i = 0; i < std::size(kFastExp); ++i) {
      q_[i] = static_cast<float>((power *= op.input_scale) * static_cast<double>(kFastExp[i]));
    }
  }

  static bool Takes(const ExponentialOp& op) {
    if (kUnit) return op.above == 1.0 && op.factor.high == 1.0 && op.factor.middle == 0.0 && op.input_scale == 1.0;
    return Moderate(op.factor.high) && ModerateInput(op.input_scale);
  }

  template <class D, class V>
  HWY_INLINE V Approximate(D d, V x) const {
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Set(d, above_), Below(d, x));
  }

  // Below this x doubles are better.
  float Lowest() const { return lowest_; }

 protected:
  // factor * 2^k (1 + p), where the last operation alone rounds what is not small: p = input_scale * r + u, u being
  // what follows r in the series, what k lengths lack, and what factor lacks.
  template <class D, class V>
  HWY_INLINE V Below(D d, V x) const {
    const auto [shifted, k, r] = FastReduce(d, NotBelow(d, lowest_, x), rate_, length_);
    const V precise = hn::NegMulAdd(k, hn::Set(d, length_rest_), r);
    const V missing = kUnit ? hn::Mul(k, hn::Set(d, -ln2_rest_))
                            : hn::NegMulAdd(k, hn::Set(d, ln2_rest_), hn::Set(d, factor_rest_));
    const V u = hn::MulAdd(hn::Mul(precise, precise), Polynomial(d, precise, q_), missing);
    const V p = kUnit ? hn::Add(r, u) : hn::MulAdd(r, hn::Set(d, input_scale_), u);
    V scaled = FastPower(d, shifted);
    if constexpr (!kUnit) scaled = hn::Mul(scaled, hn::Set(d, factor_));
    return hn::MulAdd(scaled, p, scaled);
  }

 private:
  // Few enough for k * length to be exact.
  static float LeadingBits(double v) {
    constexpr double kShift = 0x1p+38;  // leaves 53 - 38 bits
    return static_cast<float>((v + v * kShift) - v * kShift);
  }

  float above_, factor_, factor_rest_, input_scale_, lowest_, rate_, length_, length_rest_, ln2_rest_;
  float q_[std::size(kFastExp)];
};

// x + 1 for x > 0;  e^x for x <= 0.
struct FastPlusOneOp : FastExponentialOp<true> {
  explicit FastPlusOneOp(const PlusOneOp& op) : FastExponentialOp(op) {}

  static bool Takes(const PlusOneOp&) { return true; }

  template <class D, class V>
  HWY_INLINE V Approximate(D d, V x) const {
    const V one = hn::Set(d, 1.0F);
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Add(x, one), Below(d, x));
  }
};

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
