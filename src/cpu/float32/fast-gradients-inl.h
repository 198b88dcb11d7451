// The fast mode of the derivatives, of plus_one and of the gradients from the input, in floats with fused operations.

#if defined(ELU_SRC_CPU_FLOAT32_FAST_GRADIENTS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_FLOAT32_FAST_GRADIENTS_INL_H_
#undef ELU_SRC_CPU_FLOAT32_FAST_GRADIENTS_INL_H_
#else
#define ELU_SRC_CPU_FLOAT32_FAST_GRADIENTS_INL_H_
#endif

#include <hwy/highway.h>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "src/cpu/careful/kernels-inl.h"
#include "src/cpu/careful/ziv-inl.h"
#include "src/cpu/float32/constants.h"
#include "src/cpu/float32/fast-forward-inl.h"
#include "src/cpu/loop-inl.h"
#include "src/cpu/math/powers-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE::float32::fast {

// above for x > 0;  factor * e^(input_scale * x) for x <= 0. kUnit: above = factor = input_scale = 1.
template <Parameters kParameters>
class ExponentialOp {
 public:
  explicit ExponentialOp(const Exponential& e)
      : powers_(kUnit ? kUnitPowers : FastPowers(e.factor.high / double{kFastUnlift})),
        above_(static_cast<float>(e.above)),
        input_scale_(static_cast<float>(e.input_scale)),
        input_scale_low_(static_cast<float>(e.input_scale - static_cast<double>(input_scale_))),
        lowest_(static_cast<float>((kFastLowestPower - std::ilogb(e.factor.high)) * kLn2<double> / e.input_scale)),
        rate_(static_cast<float>(kFastPowers * kLog2E * e.input_scale)),
        length_(Length(kLn2<double> / (kFastPowers * e.input_scale))),
        length_low_(static_cast<float>(kLn2<double> / (kFastPowers * e.input_scale) - static_cast<double>(length_))),
        ln2_low_(static_cast<float>(kLn2<double> / kFastPowers - static_cast<double>(length_) * e.input_scale)) {}

  static bool Takes(const Exponential& e) {
    if (kUnit) return e.above == 1.0 && e.factor.high == 1.0 && e.factor.middle == 0.0 && e.input_scale == 1.0;
    return Within(e.factor.high, kRange) && Within(e.input_scale, kInputScaleRange);
  }

  template <class D, class V>
  HWY_INLINE V operator()(D d, V x) const {
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Set(d, above_), Below(d, x));
  }

 protected:
  template <class D, class V>
  HWY_INLINE V Below(D d, V x) const {
    const auto [power, p] = Parts(d, x);
    return hn::Mul(hn::MulAdd(power, p, power), hn::Set(d, kFastUnlift));
  }

  // The same times dy, where |dy| is not above kFastLargestFactor.
  template <class D, class V>
  HWY_INLINE V Below(D d, V x, V dy) const {
    const auto [power, p] = Parts(d, x);
    const V product = hn::Mul(power, dy);
    const V sum = hn::Add(product, hn::MulAdd(product, p, hn::MulSub(power, dy, product)));
    // Where dy is -0 the sum is +0. The exponential is positive, so the result has the sign of dy.
    return hn::CopySign(hn::Mul(sum, hn::Set(d, kFastUnlift)), dy);
  }

  float Above() const { return above_; }

 private:
  static constexpr bool kUnit = kParameters == Parameters::kUnit;
  static constexpr FastPowers kUnitPowers{1.0 / double{kFastUnlift}};

  // factor * e^(input_scale * x) = power (1 + p) * kFastUnlift for x <= 0, power = factor * 2^(k/N) / kFastUnlift being
  // normal where the result is subnormal.
  template <class V>
  struct PowerAndChange {
    V power, p;
  };

  // p = z + u with one rounding. z is input_scale * r. u is all that is small: what follows z in the series of expm1,
  // what k lengths are short of k ln 2, and what the power has lost as a float.
  template <class D, class V>
  HWY_INLINE PowerAndChange<V> Parts(D d, V x) const {
    const auto [shifted, k, r] = Reduce(d, NotBelow(d, lowest_, x), rate_, length_, kRoundToInteger<float>);
    const V u = kFastPowers > 1 ? SmallWithTable(d, shifted, k, r) : SmallWithoutTable(d, shifted, k, r);
    return {powers_(d, shifted), kUnit ? hn::Add(r, u) : hn::MulAdd(r, hn::Set(d, input_scale_), u)};
  }

  // e is what the lengths and the power have lost: expm1(z + e) - z = e + z (e + z q(z)), but for e^2 and e z^2.
  template <class D, class V>
  HWY_INLINE V SmallWithTable(D d, V shifted, V k, V r) const {
    const V e = hn::NegMulAdd(k, hn::Set(d, ln2_low_), powers_.Rest(d, shifted));
    const V z = kUnit ? r : hn::Mul(r, hn::Set(d, input_scale_));
    return hn::MulAdd(z, hn::MulAdd(z, Polynomial(d, z, kFastExp), e), e);
  }

  // Without a table z may be 16 times as large, so that its last digits count: z takes part of what the lengths have
  // lost.
  template <class D, class V>
  HWY_INLINE V SmallWithoutTable(D d, V shifted, V k, V r) const {
    V e = hn::NegMulAdd(k, hn::Set(d, ln2_low_), powers_.Rest(d, shifted));
    V z = hn::NegMulAdd(k, hn::Set(d, length_low_), r);
    if constexpr (!kUnit) {
      e = hn::MulAdd(r, hn::Set(d, input_scale_low_), e);
      z = hn::Mul(z, hn::Set(d, input_scale_));
    }
    return hn::MulAdd(hn::Mul(z, z), Polynomial(d, z, kFastExp), e);
  }

  // A length of so few bits that r is exact. Without a table still fewer: length_low_ then begins farther up, and k
  // times it is known to more digits.
  static float Length(double v) {
    constexpr double kShift = 0x1p+38;  // leaves 53 - 38 bits
    return static_cast<float>(kFastPowers > 1 ? v : (v + v * kShift) - v * kShift);
  }

  FastPowers powers_;
  float above_, input_scale_, input_scale_low_, lowest_, rate_, length_, length_low_, ln2_low_;
};

// x + 1 for x > 0;  e^x for x <= 0.
struct PlusOneOp : ExponentialOp<Parameters::kUnit> {
  PlusOneOp() : ExponentialOp(PlusOneBelow()) {}

  template <class D, class V>
  HWY_INLINE V operator()(D d, V x) const {
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Add(x, hn::Set(d, 1.0F)), Below(d, x));
  }
};

// The exponential times dy. The careful op does it where |dy| is large or infinite. Only targets with a table have this
// op: without one the errors of p and of the product together would be more than is promised.
template <Parameters kParameters>
class BackwardOp : ExponentialOp<kParameters> {
 public:
  using Careful = careful::BackwardOp;

  explicit BackwardOp(const Careful& careful) : ExponentialOp<kParameters>(careful.gradient), careful_(&careful) {}

  static bool Takes(const Careful& careful) {
    // For x > 0 the unit op passes subnormal dy unchanged, even where flush-to-zero asks for a zero.
    return kFastPowers > 1 && ExponentialOp<kParameters>::Takes(careful.gradient) &&
           std::fabs(careful.gradient.above) <= kRange && (!kUnit || KeepsSubnormals<float>());
  }

  template <class D, class V>
  HWY_INLINE V operator()(D d, V x, V dy) const {
    return Settled(d, Approximate(d, x, dy), x, dy);
  }

  // kBlock vectors from x + i and dy + i on.
  template <class D, class V>
  HWY_INLINE void Several(D d, V (&results)[kBlock], size_t i, const float* x, const float* dy) const {
    const size_t lanes = hn::Lanes(d);
    auto largest = hn::Zero(hn::RebindToUnsigned<D>());
    for (size_t j = 0; j < kBlock; ++j) {
      const V dy_j = hn::LoadU(d, dy + i + j * lanes);
      results[j] = Approximate(d, hn::LoadU(d, x + i + j * lanes), dy_j);
      largest = hn::Max(largest, Magnitude(d, dy_j));
    }
    if (HWY_LIKELY(hn::AllFalse(d, IsLarge(d, largest)))) return;
    for (size_t j = 0; j < kBlock; ++j) {
      const size_t at = i + j * lanes;
      results[j] = Settled(d, results[j], hn::LoadU(d, x + at), hn::LoadU(d, dy + at));
    }
  }

 private:
  static constexpr bool kUnit = kParameters == Parameters::kUnit;

  template <class D, class V>
  HWY_INLINE V Approximate(D d, V x, V dy) const {
    const V above = kUnit ? dy : hn::Mul(dy, hn::Set(d, this->Above()));
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), above, this->Below(d, x, dy));
  }

  // As integers, in the order of the numbers; NaN above all.
  template <class D, class V>
  static HWY_INLINE auto Magnitude(D, V v) {
    return hn::BitCast(hn::RebindToUnsigned<D>(), hn::Abs(v));
  }
  template <class D, class VU>
  static HWY_INLINE hn::Mask<D> IsLarge(D d, VU magnitude) {
    constexpr auto kLargest = std::bit_cast<uint32_t>(kFastLargestFactor);
    return hn::RebindMask(d, hn::Gt(magnitude, hn::Set(hn::RebindToUnsigned<D>(), kLargest)));
  }

  template <class D, class V>
  HWY_INLINE V Settled(D d, V value, V x, V dy) const {
    const auto large = IsLarge(d, Magnitude(d, dy));
    if (HWY_LIKELY(hn::AllFalse(d, large))) return value;
    return hn::IfThenElse(large, Redo(careful_, d, x, dy), value);
  }

  // Apart from the loop, whose registers it would take.
  template <class D, class V>
  static HWY_NOINLINE V Redo(const Careful* careful, D d, V x, V dy) {
    return InParts(d, Lanes<StoredFloat32>(), careful::Ziv<StoredFloat32, Careful>{*careful}, x, dy);
  }

  const Careful* careful_;
};

}  // namespace elu::cpu::HWY_NAMESPACE::float32::fast
HWY_AFTER_NAMESPACE();

#endif  // include guard
