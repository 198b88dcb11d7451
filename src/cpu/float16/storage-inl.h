// The 16-bit types as pairs of vectors of floats, and the rounding of results from these. A type gives
//   First, Second     the stored numbers, exactly; which goes where is the type's own affair
//   FromFloats        results, with what Carried made of them, as they are stored
//   NearTie           whether one of them is in doubt
//   Carried(v)        the bits of the float v as an integer, plus half a unit of the 16-bit type, plus window / 2
//   CarriedIfExact    the same for results that float has exactly: rounded to even on a tie, and never in doubt
//   CarriedIfProduct  the same for v = dy (y + 1): in doubt on a tie only, and there where v may be inexact
//
// In Carried(v) the bits that the type keeps are v rounded half up. The bits that it drops say how far v lies above the
// lower end of the doubtful interval, tie - window / 2: less than window means in doubt. window is a power of two, at
// most 2^12, or 0 where nothing is.
//
//     bfloat16:  [ sign, 8 bits of exponent, 7 of significand | 16 bits dropped ]   tie: dropped bits 0x8000
//     binary16:  [ sign, 8 bits of exponent, 10 of significand | 13 bits dropped ]  tie: dropped bits 0x1000

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

// First: the numbers at even places. Second: those at odd places.
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
  // NaN stays NaN: Carried does not change its upper half, since the lower half of a NaN is 0. NaN comes from 16 bits
  // or from the processor.
  template <class D, class C>
  static hn::VFromD<D> FromFloats(D d, C first, C second) {
    return hn::OddEven(hn::BitCast(d, second.carried), hn::BitCast(d, hn::ShiftRight<16>(first.carried)));
  }
  // Compared as 16-bit integers: the lower halves with the window, the upper ones with 0, below which nothing is.
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
  // For y <= -2^-9 dy (y + 1) is exact where float does not underflow: 8 bits times 16. For y closer to 0 it is nearer
  // to dy, a number of the type, than to a tie.
  template <class DF, class V>
  static auto CarriedIfProduct(DF df, V v, V) {
    const auto large = hn::RebindMask(hn::RebindToUnsigned<DF>(), hn::Ge(hn::Abs(v), hn::Set(df, 0x1p-100F)));
    return hn::IfThenElse(large, CarriedIfExact(df, v), Carried<1>(df, v));
  }
};

#if HWY_NATIVE_FMA
// First: the numbers of the lower half of a vector. Second: those of the upper half. The processor converts, which
// those targets can that take this file. That keeps NaN, infinity and, in any mode, the subnormal numbers of binary16.
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
  // FromFloats does not look at it, and rounds to even. 0x1fff is far from a tie.
  template <class DF, class V>
  static auto CarriedIfExact(DF, V) {
    return hn::Set(hn::RebindToUnsigned<DF>(), 0x1fffU);
  }
  // For y <= -2^-3 dy (y + 1) is exact: 11 bits times 13.
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
#endif

}  // namespace elu::cpu::HWY_NAMESPACE::float16
HWY_AFTER_NAMESPACE();

#endif  // include guard
