// The fast mode of forward: in floats, with fused operations. Error bounds: elu_accuracy in elu.h, derived in
// docs/numerics.md; `elu verify --accuracy fast` runs every float.

#if defined(ELU_SRC_CPU_FLOAT32_FAST_FORWARD_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_FLOAT32_FAST_FORWARD_INL_H_
#undef ELU_SRC_CPU_FLOAT32_FAST_FORWARD_INL_H_
#else
#define ELU_SRC_CPU_FLOAT32_FAST_FORWARD_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>

#include "src/cpu/careful/ops-inl.h"
#include "src/cpu/careful/unit-inl.h"
#include "src/cpu/coefficients.h"
#include "src/cpu/math/arithmetic-inl.h"
#include "src/cpu/math/constants.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

// Parameters that may be floats, products of them and powers of input_scale too.
inline constexpr double kModerate = 0x1p+24;
inline bool Moderate(double v) { return v >= 1 / kModerate && v <= kModerate; }
inline bool ModerateInput(double input_scale) { return input_scale >= 0x1p-12 && input_scale <= 0x1p+12; }

// f at alpha = scale = input_scale = 1: x for x >= 0 and NaN;  e^x - 1 for x < 0.
struct FastUnitForwardOp {
  explicit FastUnitForwardOp(const Coefficients&) {}

  // x goes through as it is, which flush-to-zero would not see.
  static bool Takes(const Coefficients& c) { return IsUnit(c) && KeepsSubnormals<float>(); }

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

// scale > 0 for x > 0: in one float if that will do, or in two. What the first lacks must not be negative then, or -0
// would lose its sign, nor 0, which an infinite x must not meet.
struct FastScale {
  FastScale(double scale, bool one_float)
      : first(one_float ? static_cast<float>(scale) : NotAbove(scale)),
        rest(std::max(Rest(scale, first), first * 0x1p-60F)) {}

  float first, rest;
};

// Whether x * scale, exactly, rounds to infinity.
inline bool Overflows(float x, double scale) {
  constexpr double kOverflow = 0x1.ffffffp+127;  // the tie between the largest float and 2^128
  const double product = static_cast<double>(x) * scale;
  return product > kOverflow || (product == kOverflow && std::fma(static_cast<double>(x), scale, -product) >= 0.0);
}

// Whether the fast product of x and scale overflows for just those x for which the exact one does. Only next to the
// quotient may it be otherwise.
inline bool OverflowsAlike(double scale, bool one_float) {
  if (scale <= 1.0) return true;
  const FastScale fast(scale, one_float);
  constexpr float kLargest = std::numeric_limits<float>::max();
  float x = NotAbove(0x1.ffffffp+127 / scale * (1 - 0x1p-50));
  for (int i = 0; i < 3 && x <= kLargest; ++i) {
    const bool overflows =
        one_float ? Overflows(x, static_cast<double>(fast.first)) : std::fma(x, fast.first, x * fast.rest) > kLargest;
    if (overflows != Overflows(x, scale)) return false;
    x = std::bit_cast<float>(std::bit_cast<uint32_t>(x) + 1);
  }
  return true;
}

// f(x) = scale * x for x >= 0;  (2^k - 1) limit + 2^k r (slope + r q(r)) for x < 0, the small terms first. kUnitInput:
// where input_scale is 1. kOneFloat: scale in one float.
template <bool kUnitInput, bool kOneFloat>
class FastForwardOp {
 public:
  explicit FastForwardOp(const Coefficients& c)
      : scale_(c.scale, kOneFloat),
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

  static bool Takes(const Coefficients& c) {
    if (kUnitInput && c.input_scale != 1.0) return false;
    return Moderate(c.scale) && Moderate(c.limit.high) && ModerateInput(c.input_scale) &&
           OverflowsAlike(c.scale, kOneFloat);
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
    if constexpr (kOneFloat) return hn::Mul(x, hn::Set(d, scale_.first));
    return hn::MulAdd(x, hn::Set(d, scale_.first), hn::Mul(x, hn::Set(d, scale_.rest)));
  }

  FastScale scale_;
  float limit_, limit_rest_, slope_, slope_rest_, lowest_, rate_, length_, length_rest_;
  float q_[std::size(kFastExpm1)];
};

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
