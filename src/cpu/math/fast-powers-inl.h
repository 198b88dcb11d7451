// factor * 2^(k / kFastPowers) in floats, and what the float lacks: on AVX-512 from a table of 16 powers, on AVX2 of 8,
// which one register holds and one instruction searches; elsewhere from 2^k alone, with a longer polynomial.

#if defined(ELU_SRC_CPU_MATH_FAST_POWERS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_MATH_FAST_POWERS_INL_H_
#undef ELU_SRC_CPU_MATH_FAST_POWERS_INL_H_
#else
#define ELU_SRC_CPU_MATH_FAST_POWERS_INL_H_
#endif

#include <hwy/highway.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "src/cpu/disabled-targets.h"
#include "src/cpu/math/constants.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET <= HWY_AVX3
inline constexpr int kLogFastPowers = 4;
inline constexpr auto& kFastExp = kFastExp16;
#elif HWY_TARGET <= HWY_AVX2
inline constexpr int kLogFastPowers = 3;
inline constexpr auto& kFastExp = kFastExp8;
#else
inline constexpr int kLogFastPowers = 0;
inline constexpr auto& kFastExp = kFastExp1;
#endif
inline constexpr size_t kFastPowers = size_t{1} << kLogFastPowers;

class FastPowers {
 public:
  constexpr explicit FastPowers(double factor) : entries_(), rests_() {
    const double inverse = 1.0 / factor;
    for (size_t j = 0; j < kFastPowers; ++j) {
      const double ratio = kPowersOfTwo[j * kStep], power = factor * ratio;
      const auto nearest = static_cast<float>(power);
      // With j already subtracted from the exponent bits: adding k << kShift below adds k = j + kFastPowers * e there.
      entries_[j] = std::bit_cast<float>(std::bit_cast<uint32_t>(nearest) - (static_cast<uint32_t>(j) << kShift));
      rests_[j] = static_cast<float>((power - static_cast<double>(nearest)) * inverse / ratio);
    }
  }

  // The power for k in the last bits of `shifted`: a normal result is assumed, of k and of all between it and k = 0.
  template <class D, class V>
  HWY_INLINE V operator()(D d, V shifted) const {
    const hn::RebindToUnsigned<D> du;
    const auto k = hn::BitCast(du, shifted);
    return hn::BitCast(d, hn::Add(hn::BitCast(du, Entry(d, entries_, shifted)), hn::ShiftLeft<kShift>(k)));
  }

  // The power should be so much larger, relative to it.
  template <class D, class V>
  HWY_INLINE V Rest(D d, V shifted) const {
    return Entry(d, rests_, shifted);
  }

 private:
  static constexpr int kShift = 23 - kLogFastPowers;
  static constexpr size_t kStep = std::size(kPowersOfTwo) / kFastPowers;

  template <class D, class V>
  static HWY_INLINE V Entry(D d, const float (&table)[kFastPowers], [[maybe_unused]] V shifted) {
#if HWY_TARGET <= HWY_AVX3
    return V{_mm512_permutexvar_ps(_mm512_castps_si512(shifted.raw), hn::Load(d, table).raw)};
#elif HWY_TARGET <= HWY_AVX2
    return V{_mm256_permutevar8x32_ps(hn::Load(d, table).raw, _mm256_castps_si256(shifted.raw))};
#else
    return hn::Set(d, table[0]);
#endif
  }

  alignas(kFastPowers * sizeof(float)) float entries_[kFastPowers];  // a register
  alignas(kFastPowers * sizeof(float)) float rests_[kFastPowers];
};

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
