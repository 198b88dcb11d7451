// The 16-bit types as pairs of vectors of floats, and the rounding of results from these. A type gives
//   First, Second     the stored numbers, exactly; which goes where is the type's own affair
//   FromFloats        results, with what Carried made of them, as they are stored
//   NearTie           whether one of them is in doubt
//   Carried           the bits of a float v, half a unit of the type and window / 2 units of float further: those above
//                     the type's last one are the rounded v's, and those below are less than window where v lies within
//                     window / 2 of a tie, and there only. window is a power of two, at most 2^12, or 0
//   CarriedIfExact    the same for results that float has exactly: rounded to even on a tie, and never in doubt
//   CarriedIfProduct  the same for v = dy (y + 1): in doubt on a tie only, and there where v may be inexact

#if defined(ELU_SRC_CPU_FLOAT16_STORAGE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_FLOAT16_STORAGE_INL_H_
#undef ELU_SRC_CPU_FLOAT16_STORAGE_INL_H_
#else
#define ELU_SRC_CPU_FLOAT16_STORAGE_INL_H_
#endif

#include <hwy/highway.h>

#include "src/cpu/careful/storage-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE::float16 {

namespace hn = hwy::HWY_NAMESPACE;

// A result, and what Carried made of it.
template <class V, class VU>
struct Candidate {
  V value;
  VU carried;
};

template <class V, class VU>
Candidate<V, VU> MakeCandidate(V value, VU carried) {
  return {value, carried};
}

template <class Stored>
struct InFloats;

// Those at even and at odd places.
template <>
struct InFloats<StoredBFloat16> {
  template <class D, class V>
  static auto First(D, V stored) {
    const hn::RepartitionToWide<D> du;
    return hn::BitCast(hn::RebindToFloat<decltype(du)>(), hn::ShiftLeft<16>(hn::BitCast(du, stored)));
  }
  template <class D, class V>
  static auto Second(D, V stored) {
    const hn::RepartitionToWide<D> du;
    const auto upper = hn::And(hn::BitCast(du, stored), hn::Set(du, 0xffff0000U));
    return hn::BitCast(hn::RebindToFloat<decltype(du)>(), upper);
  }
  // NaN stays: its lower half is 0, as it comes from 16 bits or from the processor.
  template <class D, class C>
  static hn::VFromD<D> FromFloats(D d, C first, C second) {
    return hn::OddEven(hn::BitCast(d, second.carried), hn::BitCast(d, hn::ShiftRight<16>(first.carried)));
  }
  // Of 16 bits the lower halves are compared with the window, and the upper ones with 0.
  template <uint32_t window, class D, class C>
  static bool NearTie(D d, C first, C second) {
    const hn::RepartitionToWide<D> du;
    const auto least = hn::Min(hn::BitCast(d, first.carried), hn::BitCast(d, second.carried));
    return !hn::AllFalse(d, hn::Lt(least, hn::BitCast(d, hn::Set(du, window))));
  }
  // Subnormal numbers have the exponents of float, and so its units.
  template <uint32_t window, class DF, class V>
  static auto Carried(DF, V v) {
    const hn::RebindToUnsigned<DF> du;
    return hn::Add(hn::BitCast(du, v), hn::Set(du, 0x8000U + window / 2));
  }
  template <class DF, class V>
  static auto CarriedIfExact(DF, V v) {
    const hn::RebindToUnsigned<DF> du;
    const auto bits = hn::BitCast(du, v), odd = hn::And(hn::ShiftRight<16>(bits), hn::Set(du, 1));
    return hn::Or(hn::Add(hn::Add(bits, odd), hn::Set(du, 0x7fffU)), hn::Set(du, 0x8000U));
  }
  // Exact where y <= -2^-9 and float does not underflow: 8 bits times 16. Closer to 0 it is nearer to dy than to a tie.
  template <class DF, class V>
  static auto CarriedIfProduct(DF df, V v, V) {
    const auto large = hn::RebindMask(hn::RebindToUnsigned<DF>(), hn::Ge(hn::Abs(v), hn::Set(df, 0x1p-100F)));
    return hn::IfThenElse(large, CarriedIfExact(df, v), Carried<1>(df, v));
  }
};

// The lower and the upper half, by conversions of the processor, which targets with fused operations have. These keep
// NaN, infinity and, in any mode, the subnormal numbers of binary16.
template <>
struct InFloats<StoredFloat16> {
  template <class D, class V>
  static auto First(D, V stored) {
    return ToFloat(hn::Half<D>(), hn::LowerHalf(stored));
  }
  template <class D, class V>
  static auto Second(D, V stored) {
    const hn::Half<D> half;
    return ToFloat(half, hn::UpperHalf(half, stored));
  }
  template <class D, class C>
  static hn::VFromD<D> FromFloats(D d, C first, C second) {
    const hn::Half<D> half;
    return hn::Combine(d, FromFloat(half, second.value), FromFloat(half, first.value));
  }
  template <uint32_t window, class D, class C>
  static bool NearTie(D, C first, C second) {
    const hn::RepartitionToWide<D> du;
    const auto below = hn::Set(du, 0x2000U - window);
    const auto least = hn::Min(hn::And(first.carried, below), hn::And(second.carried, below));
    return !hn::AllFalse(du, hn::Eq(least, hn::Zero(du)));
  }
  // Subnormal numbers have the units of 2^-14: moved there, their ties lie where those of normal numbers do.
  template <uint32_t window, class DF, class V>
  static auto Carried(DF df, V v) {
    const hn::RebindToUnsigned<DF> du;
    const V absolute = hn::Abs(v), smallest = hn::Set(df, 0x1p-14F);
    v = hn::IfThenElse(hn::Lt(absolute, smallest), hn::Add(absolute, smallest), v);
    return hn::Add(hn::BitCast(du, v), hn::Set(du, 0x1000U + window / 2));
  }
  // FromFloats rounds to even; no tie stands here.
  template <class DF, class V>
  static auto CarriedIfExact(DF, V) {
    return hn::Set(hn::RebindToUnsigned<DF>(), 0x1fffU);
  }
  // Exact for y <= -2^-3: 11 bits times 13.
  template <class DF, class V>
  static auto CarriedIfProduct(DF df, V v, V y) {
    const auto long_sum = hn::And(hn::Gt(y, hn::Set(df, -0x1p-3F)), hn::Lt(y, hn::Zero(df)));
    const auto inexact = hn::RebindMask(hn::RebindToUnsigned<DF>(), long_sum);
    return hn::IfThenElse(inexact, Carried<1>(df, v), CarriedIfExact(df, v));
  }

 private:
  template <class D, class V>
  static auto ToFloat(D, V stored) {
    return hn::PromoteTo(hn::Rebind<float, D>(), hn::BitCast(hn::Rebind<hwy::float16_t, D>(), stored));
  }
  template <class D, class V>
  static hn::VFromD<D> FromFloat(D d, V v) {
    return hn::BitCast(d, hn::DemoteTo(hn::Rebind<hwy::float16_t, D>(), v));
  }
};

}  // namespace elu::cpu::HWY_NAMESPACE::float16
HWY_AFTER_NAMESPACE();

#endif  // include guard
