// The fast mode of forward: in floats, with fused operations. Error bounds: elu_accuracy in elu.h, derived in
// docs/numerics.md; `elu verify --accuracy fast` runs every float. Worst inputs:
//   alpha = scale = input_scale = 1  0.972 ulp of the 1 that is promised; every float was run
//   other parameters                 1.683 ulp of the 2 that are promised: alpha 0x1.af6ca8d365e1ap+2, input_scale
//                                    0x1.621e3159576ebp-2, x = -0x1.0098bp+0; a search made for it found no worse

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
#include "src/cpu/float32/constants.h"
#include "src/cpu/math/arithmetic-inl.h"
#include "src/cpu/math/constants.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE::float32::fast {

// The parameters that the fast ops take, products of them included, and input_scale: these, and powers of input_scale,
// are normal floats.
inline constexpr double kRange = 0x1p+24, kInputScaleRange = 0x1p+12;

// f at alpha = scale = input_scale = 1: x for x >= 0 and NaN;  e^x - 1 for x < 0.
struct UnitForwardOp {
  explicit UnitForwardOp(const Coefficients&) {}

  // Subnormal x passes unchanged, even where flush-to-zero asks for a zero: only comparisons and selections meet it.
  static bool Takes(const Coefficients& c) { return IsUnit(c) && KeepsSubnormals<float>(); }

  template <class D, class V>
  HWY_INLINE V operator()(D d, V x) const {
    const V below = Expm1ByPolynomial(d, NotBelow(d, kFastSaturated, x), kFastExpm1);
    return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), below, x);
  }
};

// What v has beyond `high`, the float nearest to it.
inline float Low(double v, float high) { return static_cast<float>(v - static_cast<double>(high)); }

// The largest float that is not above v > 0.
inline float NotAbove(double v) {
  const auto nearest = static_cast<float>(v);
  return static_cast<double>(nearest) > v ? std::bit_cast<float>(std::bit_cast<uint32_t>(nearest) - 1) : nearest;
}

// scale > 0 for x > 0, in one float or as the sum of two.
enum class Scale { kOneFloat, kTwoFloats };

// The second float is positive: with a negative one x = -0 would lose its sign, and with 0 an infinite x would give
// NaN.
struct ScaleInFloats {
  ScaleInFloats(double scale, bool one_float)
      : high(one_float ? static_cast<float>(scale) : NotAbove(scale)),
        low(std::max(Low(scale, high), high * 0x1p-60F)) {}

  float high, low;
};

// Whether x * scale, exactly, rounds to infinity.
inline bool Overflows(float x, double scale) {
  constexpr double kOverflow = 0x1.ffffffp+127;  // the tie between the largest float and 2^128
  const double product = static_cast<double>(x) * scale;
  return product > kOverflow || (product == kOverflow && std::fma(static_cast<double>(x), scale, -product) >= 0.0);
}

// Whether the fast product of x and scale overflows for just those x for which the exact one does. It may differ only
// for x next to (largest float) / scale: three floats there are tried.
inline bool OverflowsAlike(double scale, bool one_float) {
  if (scale <= 1.0) return true;
  const ScaleInFloats fast(scale, one_float);
  constexpr float kLargest = std::numeric_limits<float>::max();
  float x = NotAbove(0x1.ffffffp+127 / scale * (1 - 0x1p-50));
  for (int i = 0; i < 3 && x <= kLargest; ++i) {
    const bool overflows =
        one_float ? Overflows(x, static_cast<double>(fast.high)) : std::fma(x, fast.high, x * fast.low) > kLargest;
    if (overflows != Overflows(x, scale)) return false;
    x = std::bit_cast<float>(std::bit_cast<uint32_t>(x) + 1);
  }
  return true;
}

// f(x) = scale * x for x >= 0;  (2^k - 1) limit + 2^k r (slope + r q(r)) for x < 0, the small terms first.
template <InputScale kInputScale, Scale kScale>
class ForwardOp {
 public:
  explicit ForwardOp(const Coefficients& c)
      : scale_(c.scale, kScale == Scale::kOneFloat),
        limit_(static_cast<float>(c.limit.high)),
        limit_low_(Low(c.limit.high, limit_)),
        slope_(static_cast<float>(c.slope.high)),
        slope_low_(Low(c.slope.high, slope_)),
        lowest_(static_cast<float>(static_cast<double>(kFastSaturated) / c.input_scale)),
        rate_(static_cast<float>(kLog2E * c.input_scale)),
        length_(static_cast<float>(kLn2<double> / c.input_scale)),
        length_low_(Low(kLn2<double> / c.input_scale, length_)) {
    double power = c.slope.high;
    for (size_t i = 0; i < std::size(kFastExpm1); ++i) {
      q_[i] = static_cast<float>((power *= c.input_scale) * static_cast<double>(kFastExpm1[i]));
    }
  }

  static bool Takes(const Coefficients& c) {
    if (kInputScale == InputScale::kUnit && c.input_scale != 1.0) return false;
    return Within(c.scale, kRange) && Within(c.limit.high, kRange) && Within(c.input_scale, kInputScaleRange) &&
           OverflowsAlike(c.scale, kScale == Scale::kOneFloat);
  }

  template <class D, class V>
  HWY_INLINE V operator()(D d, V x) const {
    return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), Below(d, x), Above(d, x));
  }

 private:
  template <class D, class V>
  HWY_INLINE V Below(D d, V x) const {
    const auto [shifted, k, exact] = Reduce(d, NotBelow(d, lowest_, x), rate_, length_, kRoundToExponent<float>);
    const V r = kInputScale == InputScale::kUnit ? exact : hn::NegMulAdd(k, hn::Set(d, length_low_), exact);
    const V power = PowerOfTwo(d, shifted), missing = hn::Sub(hn::Set(d, 1.0F), power), step = hn::Mul(power, r);
    V small = hn::Set(d, q_[std::size(q_) - 1]);
    for (size_t i = std::size(q_) - 1; i-- > 0;) small = hn::MulAdd(small, r, hn::Set(d, q_[i]));
    small = hn::MulAdd(small, r, hn::Set(d, slope_low_));
    small = hn::MulAdd(step, small, hn::Mul(missing, hn::Set(d, -limit_low_)));
    // The negated product is -0 for k = 0, so that what underflows keeps its sign.
    return hn::NegMulAdd(missing, hn::Set(d, limit_), hn::MulAdd(step, hn::Set(d, slope_), small));
  }

  template <class D, class V>
  HWY_INLINE V Above(D d, V x) const {
    if constexpr (kScale == Scale::kOneFloat) return hn::Mul(x, hn::Set(d, scale_.high));
    return hn::MulAdd(x, hn::Set(d, scale_.high), hn::Mul(x, hn::Set(d, scale_.low)));
  }

  ScaleInFloats scale_;
  float limit_, limit_low_, slope_, slope_low_, lowest_, rate_, length_, length_low_;
  float q_[std::size(kFastExpm1)];
};

}  // namespace elu::cpu::HWY_NAMESPACE::float32::fast
HWY_AFTER_NAMESPACE();

#endif  // include guard
