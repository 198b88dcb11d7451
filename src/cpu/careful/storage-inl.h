// Number types in memory and their conversion from and to vectors of doubles. A storage type gives
//   Type         what one element is in memory
//   Widen        the stored numbers as doubles, exactly
//   Round        doubles rounded to the type, to nearest with ties to even, in a form that can be compared
//   ToDouble     the rounded numbers as doubles
//   Pack         the rounded numbers as they are stored
// The 16-bit conversions are our own: Highway's truncate, and some lose infinity and NaN.

#if defined(ELU_SRC_CPU_CAREFUL_STORAGE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_CAREFUL_STORAGE_INL_H_
#undef ELU_SRC_CPU_CAREFUL_STORAGE_INL_H_
#else
#define ELU_SRC_CPU_CAREFUL_STORAGE_INL_H_
#endif

#include <hwy/highway.h>

#include <limits>

#include "src/cpu/format.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Infinity is kept: DemoteTo of the plain targets turns it into the largest float.
template <class D, class V>
hn::VFromD<hn::Rebind<float, D>> RoundToFloat(D d, V v) {
  const hn::Rebind<float, D> df;
#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128
  HWY_ALIGN double from[hn::MaxLanes(d)];
  HWY_ALIGN float to[hn::MaxLanes(d)];
  hn::Store(v, d, from);
  for (size_t i = 0; i < hn::Lanes(d); ++i) to[i] = static_cast<float>(from[i]);
  return hn::Load(df, to);
#else
  (void)d;
  return hn::DemoteTo(df, v);
#endif
}

struct StoredFloat32 {
  using Type = float;
  static constexpr const Format& kFormat = kFloat32;

  template <class D, class V>
  static hn::VFromD<D> Widen(D d, V v) {
    return hn::PromoteTo(d, v);
  }
  template <class D, class V>
  static auto Round(D d, V v) {
    return RoundToFloat(d, v);
  }
  template <class D, class V>
  static hn::VFromD<D> ToDouble(D d, V rounded) {
    return hn::PromoteTo(d, rounded);
  }
  template <class D, class V>
  static V Pack(D, V rounded) {
    return rounded;
  }
};

// v rounded to a narrower format, as a double: once, subnormal results and the step to the next exponent included. NaN
// stays.
template <class D, class V>
V RoundToFormat(D d, V v, const Format& format) {
  const V infinity = hn::Set(d, std::numeric_limits<double>::infinity());
  V power = hn::And(v, infinity);  // 2^exponent, or infinity
  power = hn::Max(power, hn::Set(d, format.smallest_normal));
  power = hn::Min(power, hn::Set(d, 0x1p+900));  // infinity - infinity would be NaN
  const V shift = hn::Mul(power, hn::Set(d, ShiftFactor(format)));
  const V rounded = hn::CopySign(hn::Sub(hn::Add(v, shift), shift), v);
  const auto overflow = hn::Gt(hn::Abs(rounded), hn::Set(d, format.max));
  return hn::IfThenElse(overflow, hn::CopySign(infinity, v), rounded);
}

// What the 16-bit types share: results are rounded as doubles, which float then holds exactly.
template <class Conversion, const Format& format>
struct StoredInHalf {
  using Type = uint16_t;
  static constexpr const Format& kFormat = format;

  template <class D, class V>
  static hn::VFromD<D> Widen(D d, V v) {
    const hn::Rebind<uint32_t, D> du;
    return hn::PromoteTo(d, Conversion::ToFloat(hn::Rebind<float, D>(), hn::PromoteTo(du, v)));
  }
  template <class D, class V>
  static V Round(D d, V v) {
    return RoundToFormat(d, v, format);
  }
  template <class D, class V>
  static V ToDouble(D, V rounded) {
    return rounded;
  }
  template <class D, class V>
  static auto Pack(D d, V rounded) {
    const hn::Rebind<int32_t, D> di;
    const auto bits = Conversion::FromFloat(hn::Rebind<float, D>(), RoundToFloat(d, rounded));
    return hn::DemoteTo(hn::Rebind<uint16_t, D>(), hn::BitCast(di, bits));
  }
};

// The upper half of a float.
struct BFloat16Conversion {
  template <class DF, class VU>
  static hn::VFromD<DF> ToFloat(DF df, VU bits) {
    return hn::BitCast(df, hn::ShiftLeft<16>(bits));
  }
  template <class DF, class V>
  static auto FromFloat(DF, V v) {
    return hn::ShiftRight<16>(hn::BitCast(hn::RebindToUnsigned<DF>(), v));
  }
};

// IEEE binary16: 5 bits of exponent, which counts from 15 instead of 127, and 10 of significand.
struct Float16Conversion {
  static constexpr uint32_t kRebias = (127 - 15) << 23;

  template <class DF, class VU>
  static hn::VFromD<DF> ToFloat(DF df, VU half) {
    const hn::RebindToUnsigned<DF> du;
    const VU sign = hn::ShiftLeft<16>(hn::And(half, hn::Set(du, 0x8000U)));
    const VU magnitude = hn::ShiftLeft<13>(hn::And(half, hn::Set(du, 0x7fffU)));
    const VU normal = hn::Add(magnitude, hn::Set(du, kRebias));
    const VU infinite_or_nan = hn::Add(magnitude, hn::Set(du, 2 * kRebias));
    // 2^-14 + magnitude - 2^-14: no step through a subnormal float, which flush-to-zero would lose.
    const VU one_up = hn::Add(magnitude, hn::Set(du, kRebias + (1U << 23)));
    const auto subnormal = hn::BitCast(du, hn::Sub(hn::BitCast(df, one_up), hn::Set(df, 0x1p-14F)));
    VU bits = hn::IfThenElse(hn::Lt(magnitude, hn::Set(du, 1U << 23)), subnormal, normal);
    bits = hn::IfThenElse(hn::Lt(magnitude, hn::Set(du, 31U << 23)), bits, infinite_or_nan);
    return hn::BitCast(df, hn::Or(bits, sign));
  }
  template <class DF, class V>
  static auto FromFloat(DF df, V v) {
    const hn::RebindToUnsigned<DF> du;
    const V absolute = hn::Abs(v);
    const auto sign = hn::ShiftRight<16>(hn::BitCast(du, hn::AndNot(absolute, v)));
    const auto normal = hn::ShiftRight<13>(hn::Sub(hn::BitCast(du, absolute), hn::Set(du, kRebias)));
    // The last bits of 1/2 + absolute count steps of 2^-24.
    const V half = hn::Set(df, 0.5F);
    const auto subnormal = hn::Sub(hn::BitCast(du, hn::Add(half, absolute)), hn::BitCast(du, half));
    const auto infinite = hn::Set(du, 0x7c00U), nan = hn::Set(du, 0x7e00U);
    auto bits = hn::IfThenElse(hn::RebindMask(du, hn::Lt(absolute, hn::Set(df, 0x1p-14F))), subnormal, normal);
    bits = hn::IfThenElse(hn::RebindMask(du, hn::Lt(absolute, hn::Set(df, 0x1p+16F))), bits, infinite);
    bits = hn::IfThenElse(hn::RebindMask(du, hn::Eq(v, v)), bits, nan);
    return hn::Or(bits, sign);
  }
};

using StoredFloat16 = StoredInHalf<Float16Conversion, kFloat16>;
using StoredBFloat16 = StoredInHalf<BFloat16Conversion, kBFloat16>;

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
