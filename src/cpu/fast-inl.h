// The fast mode of forward: in floats, with fused operations. Error bounds: elu_accuracy in elu.h, derived in
// docs/numerics.md; `elu verify --accuracy fast` runs every float.

#if defined(ELU_SRC_CPU_FAST_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_FAST_INL_H_
#undef ELU_SRC_CPU_FAST_INL_H_
#else
#define ELU_SRC_CPU_FAST_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>

#include "cpu/arithmetic-inl.h"
#include "cpu/coefficients.h"
#include "cpu/constants.h"
#include "cpu/elu-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

// Parameters that may be floats.
inline constexpr double kModerate = 0x1p+24;
inline bool Moderate(double v) { return v >= 1 / kModerate && v <= kModerate; }
inline bool ModerateInput(double input_scale) { return input_scale >= 0x1p-16 && input_scale <= 0x1p+16; }

inline bool FastForwardTakes(const Coefficients& c) {
  return Moderate(c.scale) && Moderate(c.limit.high) && ModerateInput(c.input_scale);
}

// f at alpha = scale = input_scale = 1: x for x >= 0 and NaN;  e^x - 1 for x < 0.
struct FastUnitForwardOp {
  template <class D, class V>
  HWY_INLINE V operator()(D d, V x) const {
    const V below = FastExpm1(d, NotBelow(d, kFastSaturated, x), kFastExpm1);
    return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), below, x);
  }
};

inline float Rest(double v, float part) { return static_cast<float>(v - static_cast<double>(part)); }

// The largest float that is not above v > 0.
inline float NotAbove(double v) {
  const auto nearest = static_cast<float>(v);
  return static_cast<double>(nearest) > v ? std::bit_cast<float>(std::bit_cast<uint32_t>(nearest) - 1) : nearest;
}

// Whether x times the float nearest to scale > 0 overflows for those floats x for which x * scale does.
inline bool OneFloatScales(double scale) {
  constexpr double kOverflow = 0x1.ffffffp+127;  // rounds to infinity
  const auto last_finite = [](double by) {
    return NotAbove(std::min(kOverflow / by, double{std::numeric_limits<float>::max()}));
  };
  // Where a quotient, rounded, may hide on which side of a float it lies, the answer is no.
  const float last = last_finite(static_cast<double>(static_cast<float>(scale)));
  return last_finite(scale * (1 - 0x1p-50)) == last && last_finite(scale * (1 + 0x1p-50)) == last;
}

// f(x) = scale * x for x >= 0;  (2^k - 1) limit + 2^k r (slope + r q(r)) for x < 0, the small terms first. kUnitInput:
// where input_scale is 1. kOneFloat: where OneFloatScales.
template <bool kUnitInput, bool kOneFloat>
class FastForwardOp {
 public:
  explicit FastForwardOp(const Coefficients& c)
      // What two floats lack must not be negative, or -0 would lose its sign, nor 0, which an infinite x must not meet.
      : scale_(kOneFloat ? static_cast<float>(c.scale) : NotAbove(c.scale)),
        scale_rest_(std::max(Rest(c.scale, scale_), scale_ * 0x1p-60F)),
        limit_(static_cast<float>(c.limit.high)),
        limit_rest_(Rest(c.limit.high, limit_)),
        slope_(static_cast<float>(c.slope.high)),
        slope_rest_(Rest(c.slope.high, slope_)),
        lowest_(static_cast<float>(static_cast<double>(kFastSaturated) / c.input_scale)),
        rate_(static_cast<float>(kLog2E * c.input_scale)),
        length_(static_cast<float>(kLn2 / c.input_scale)),
        length_rest_(Rest(kLn2 / c.input_scale, length_)) {
    double power = c.slope.high;
    for (size_t i = 0; i < std::size(kFastExpm1); ++i) {
      q_[i] = static_cast<float>((power *= c.input_scale) * static_cast<double>(kFastExpm1[i]));
    }
  }

  template <class D, class V>
  HWY_INLINE V operator()(D d, V x) const {
    return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), Below(d, x), Above(d, x));
  }

 private:
  template <class D, class V>
  HWY_INLINE V Below(D d, V x) const {
    const auto [shifted, k, exact] = FastReduce(d, NotBelow(d, lowest_, x), rate_, length_, kFastRoundToExponent);
    const V r = kUnitInput ? exact : hn::NegMulAdd(k, hn::Set(d, length_rest_), exact);
    const V power = FastPower(d, shifted), lacks = hn::Sub(hn::Set(d, 1.0F), power), step = hn::Mul(power, r);
    V small = hn::Set(d, q_[std::size(q_) - 1]);
    for (size_t i = std::size(q_) - 1; i-- > 0;) small = hn::MulAdd(small, r, hn::Set(d, q_[i]));
    small = hn::MulAdd(small, r, hn::Set(d, slope_rest_));
    small = hn::MulAdd(step, small, hn::Mul(lacks, hn::Set(d, -limit_rest_)));
    // The negated product is -0 for k = 0, so that what underflows keeps its sign.
    return hn::NegMulAdd(lacks, hn::Set(d, limit_), hn::MulAdd(step, hn::Set(d, slope_), small));
  }

  template <class D, class V>
  HWY_INLINE V Above(D d, V x) const {
    if constexpr (kOneFloat) return hn::Mul(x, hn::Set(d, scale_));
    return hn::MulAdd(x, hn::Set(d, scale_), hn::Mul(x, hn::Set(d, scale_rest_)));
  }

  float scale_, scale_rest_, limit_, limit_rest_, slope_, slope_rest_, lowest_, rate_, length_, length_rest_;
  float q_[std::size(kFastExpm1)];
};

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
