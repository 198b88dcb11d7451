// factor * 2^(k / kPowers) for integers k: on AVX-512 from a table of 16 powers, which two registers hold and one
// instruction searches, so that a shorter polynomial is left to compute; elsewhere from 2^k alone.

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

#include "src/cpu/disabled-targets.h"
#include "src/cpu/math/constants.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET <= HWY_AVX3
inline constexpr int kLogPowers = 4;
inline constexpr auto& kQuickExpm1 = kTableExpm1;
#else
inline constexpr int kLogPowers = 0;
inline constexpr auto& kQuickExpm1 = kExpm1;
#endif
inline constexpr size_t kPowers = size_t{1} << kLogPowers;
inline constexpr int kPowerShift = 52 - kLogPowers;  // brings k / kPowers to the exponent of a double

class Powers {
 public:
  // Entry j holds factor * 2^(j / kPowers) with j already subtracted from its exponent bits: adding k << kPowerShift
  // below adds k = j + kPowers * e there, not kPowers * e alone.
  explicit constexpr Powers(double factor) {
    for (size_t j = 0; j < kPowers; ++j) {
      const auto bits = std::bit_cast<uint64_t>(factor * kPowersOfTwo[j]);
      entries_[j] = std::bit_cast<double>(bits - (static_cast<uint64_t>(j) << kPowerShift));
    }
  }

  // For k in the last bits of `shifted`: a normal result is assumed, of k and of all that lie between it and k = 0.
  template <class D, class V>
  HWY_INLINE V operator()(D d, V shifted) const {
    const hn::RebindToUnsigned<D> du;
    const auto k = hn::BitCast(du, shifted);
    return hn::BitCast(d, hn::Add(hn::BitCast(du, Entry(d, shifted)), hn::ShiftLeft<kPowerShift>(k)));
  }

 private:
  template <class D, class V>
  HWY_INLINE V Entry(D d, [[maybe_unused]] V shifted) const {
#if HWY_TARGET <= HWY_AVX3
    const V low = hn::Load(d, entries_), high = hn::Load(d, entries_ + hn::Lanes(d));
    return V{_mm512_permutex2var_pd(low.raw, _mm512_castpd_si512(shifted.raw), high.raw)};
#else
    return hn::Set(d, entries_[0]);
#endif
  }

  alignas(kPowers == 1 ? sizeof(double) : 64) double entries_[kPowers] = {};
};

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
