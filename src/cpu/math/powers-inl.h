// Tables of factor * 2^(j / N), j = 0 ... N - 1, from which factor * 2^(k / N) takes one look and one addition.
// Registers hold a table where one instruction can search it there, and the longer the table, the shorter the
// polynomial that is left to compute:
//                                          AVX-512    AVX2    others
//   Powers      doubles, for floats        N = 16     1       1
//   FastPowers  floats, for the fast mode  16         8       1
//   PowerTable  doubles, for doubles       8          4       4; needs fused operations

#if defined(ELU_SRC_CPU_MATH_POWERS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_MATH_POWERS_INL_H_
#undef ELU_SRC_CPU_MATH_POWERS_INL_H_
#else
#define ELU_SRC_CPU_MATH_POWERS_INL_H_
#endif

#include <hwy/highway.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "src/cpu/coefficients.h"
#include "src/cpu/disabled-targets.h"
#include "src/cpu/math/arithmetic-inl.h"
#include "src/cpu/math/constants.h"
#include "src/cpu/math/double-double-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET <= HWY_AVX3
inline constexpr int kLog2Powers = 4, kLog2FastPowers = 4;
inline constexpr auto& kQuickExpm1 = kTableExpm1;
inline constexpr auto& kFastExp = kFastExp16;
#elif HWY_TARGET <= HWY_AVX2
inline constexpr int kLog2Powers = 0, kLog2FastPowers = 3;
inline constexpr auto& kQuickExpm1 = kExpm1;
inline constexpr auto& kFastExp = kFastExp8;
#else
inline constexpr int kLog2Powers = 0, kLog2FastPowers = 0;
inline constexpr auto& kQuickExpm1 = kExpm1;
inline constexpr auto& kFastExp = kFastExp1;
#endif
inline constexpr size_t kPowers = size_t{1} << kLog2Powers;
inline constexpr size_t kFastPowers = size_t{1} << kLog2FastPowers;

// How far the last bits of a sum with kRoundToInteger<T>, which are k = j + N e, are moved up to stand like this:
//   a number  [ sign | exponent | significand ]
//   k         [  ...        e   | j, 0 ...    ]
// Entry j of a table is factor * 2^(j / N) less j at that place, so that adding k there adds e to the exponent, and no
// more.
template <class T, int kLog2Entries>
inline constexpr int kPlaceOfK = hwy::MantissaBits<T>() - kLog2Entries;

template <int kLog2Entries, class T>
constexpr T LessIndex(T power, size_t j) {
  using Bits = hwy::MakeUnsigned<T>;
  return std::bit_cast<T>(
      static_cast<Bits>(std::bit_cast<Bits>(power) - (static_cast<Bits>(j) << kPlaceOfK<T, kLog2Entries>)));
}

template <class T, int kLog2Entries>
class PowersOf {
 protected:
  static constexpr size_t kEntries = size_t{1} << kLog2Entries;

  // factor * 2^(k / N) for k in the last bits of `shifted`. A normal result is assumed, of k and of all that lie
  // between it and k = 0.
  template <class D, class V>
  static HWY_INLINE V Power(D d, const T (&entries)[kEntries], V shifted) {
    const hn::RebindToUnsigned<D> du;
    const auto k = hn::BitCast(du, shifted);
    return hn::BitCast(
        d, hn::Add(hn::BitCast(du, Entry(d, entries, shifted)), hn::ShiftLeft<kPlaceOfK<T, kLog2Entries>>(k)));
  }

  using Entries = T[kEntries];
  static constexpr size_t kAlignment = kEntries * sizeof(T) < 64 ? kEntries * sizeof(T) : 64;  // one or two registers

  // The entry by the last bits of `shifted`.
  template <class D, class V>
  static HWY_INLINE V Entry(D d, const Entries& table, [[maybe_unused]] V shifted) {
    if constexpr (kEntries == 1) {
      return hn::Set(d, table[0]);
#if HWY_TARGET <= HWY_AVX3
    } else if constexpr (sizeof(T) == sizeof(double)) {
      const V low = hn::Load(d, table), high = hn::Load(d, table + hn::Lanes(d));
      return V{_mm512_permutex2var_pd(low.raw, _mm512_castpd_si512(shifted.raw), high.raw)};
    } else {
      return V{_mm512_permutexvar_ps(_mm512_castps_si512(shifted.raw), hn::Load(d, table).raw)};
#elif HWY_TARGET <= HWY_AVX2
    } else {
      return V{_mm256_permutevar8x32_ps(hn::Load(d, table).raw, _mm256_castps_si256(shifted.raw))};
#endif
    }
  }
};

class Powers : PowersOf<double, kLog2Powers> {
 public:
  explicit constexpr Powers(double factor) {
    for (size_t j = 0; j < kPowers; ++j) entries_[j] = LessIndex<kLog2Powers>(factor * kPowersOfTwo[j], j);
  }

  template <class D, class V>
  HWY_INLINE V operator()(D d, V shifted) const {
    return Power(d, entries_, shifted);
  }

 private:
  alignas(kAlignment) Entries entries_ = {};
};

// In floats, with what the float lacks.
class FastPowers : PowersOf<float, kLog2FastPowers> {
 public:
  constexpr explicit FastPowers(double factor) : entries_(), rests_() {
    const double inverse = 1.0 / factor;
    for (size_t j = 0; j < kFastPowers; ++j) {
      const double ratio = kPowersOfTwo[j * (std::size(kPowersOfTwo) / kFastPowers)], power = factor * ratio;
      const auto nearest = static_cast<float>(power);
      entries_[j] = LessIndex<kLog2FastPowers>(nearest, j);
      rests_[j] = static_cast<float>((power - static_cast<double>(nearest)) * inverse / ratio);
    }
  }

  template <class D, class V>
  HWY_INLINE V operator()(D d, V shifted) const {
    return Power(d, entries_, shifted);
  }

  // The power should be so much larger, relative to it.
  template <class D, class V>
  HWY_INLINE V Rest(D d, V shifted) const {
    return Entry(d, rests_, shifted);
  }

 private:
  alignas(kAlignment) Entries entries_;
  alignas(kAlignment) Entries rests_;
};

// factor * e^z = power * e^(r + rest), |r| <= ln(2)/2 / entries and |rest| < 2^-44 |z|. power is rounded to a double,
// and rest makes up for it.
template <class V>
struct TablePower {
  V power, r, rest;
};

template <class D>
class PowerTable {
  using V = hn::VFromD<D>;
  using Signed = hn::RebindToSigned<D>;
  static constexpr int kLog2Entries = hn::MaxLanes(D()) >= 8 ? 3 : 2;

 public:
  static constexpr int kEntries = 1 << kLog2Entries;

  // A factor that is not 0.
  PowerTable(D d, TwoDoubles factor) {
    for (int j = 0; j < kEntries; ++j) {
      power_[j] = kPowersOfTwo[j * (16 / kEntries)];
      rest_[j] = kPowersOfTwoLow[j * (8 / kEntries)];
    }
    const hn::Repartition<int64_t, D> di;
    for (int j = 0; j < kEntries; j += static_cast<int>(hn::Lanes(d))) {
      const DoubleDouble<V> power = {hn::Load(d, power_ + j), hn::Load(d, rest_ + j)};
      const DoubleDouble<V> v = Mul(power, SetPair(d, factor));
      const auto index = hn::ShiftLeft<kPlaceOfK<double, kLog2Entries>>(hn::Iota(di, j));
      hn::Store(hn::BitCast(d, hn::Sub(hn::BitCast(di, v.high), index)), d, power_ + j);
      hn::Store(hn::Div(v.low, v.high), d, rest_ + j);
    }
  }

  // For |z| < 2^14 the exponent of factor * e^z must be that of a normal double.
  HWY_INLINE TablePower<V> At(D d, V z) const {
    const Signed di;
    // r is exact: a multiple of the last bit of z or of kLn2.
    const auto [shifted, k, r] = Reduce(d, z, kLog2E * kEntries, kLn2<double> / kEntries, kRoundToInteger<double>);
    const auto bits = hn::BitCast(di, shifted);
    const auto index = hn::And(bits, hn::Set(di, kEntries - 1));
    const auto biased = hn::BitCast(di, Lookup(d, power_, index));
    return {hn::BitCast(d, hn::Add(biased, hn::ShiftLeft<kPlaceOfK<double, kLog2Entries>>(bits))), r,
            hn::NegMulAdd(k, hn::Set(d, kLn2Low / kEntries), Lookup(d, rest_, index))};
  }

  // c in expm1(r) = r + r^2/2 + r^3 c(r).
  static HWY_INLINE V AfterSquare(D d, V r) {
    if constexpr (kEntries == 8) return Polynomial(d, r, kAfterSquareOf8);
    else return Polynomial(d, r, kAfterSquareOf4);
  }

 private:
  template <class VI>
  static HWY_INLINE V Lookup(D d, const double* table, VI index) {
    if constexpr (hn::MaxLanes(D()) >= kEntries) {
      return hn::TableLookupLanes(hn::Load(d, table), hn::IndicesFromVec(d, index));
    } else {
      return hn::GatherIndex(d, table, index);
    }
  }

  HWY_ALIGN double power_[kEntries];  // factor * 2^(j/entries), less j
  HWY_ALIGN double rest_[kEntries];   // what that lost, relative to it
};

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
