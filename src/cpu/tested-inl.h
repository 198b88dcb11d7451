// From a quick op and a careful one to an op of stored floats.

#if defined(ELU_SRC_CPU_TESTED_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_TESTED_INL_H_
#undef ELU_SRC_CPU_TESTED_INL_H_
#else
#define ELU_SRC_CPU_TESTED_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>
#include <limits>

#include "cpu/constants.h"
#include "cpu/format.h"
#include "cpu/kernels-inl.h"
#include "cpu/map-inl.h"
#include "cpu/round-inl.h"
#include "cpu/storage-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

// The lower half of a constant less v, as integers: the bits that a float lacks, without the last ones, which kQuickError
// may change. They are all ones where v lies next to the middle between two floats. The upper half: how far v's upper half
// is from that of the largest float, and more than kNormal where v is below the smallest normal one, infinite, NaN or 0.
inline constexpr uint32_t kHalf = uint32_t{1} << (kFloat64.precision - kFloat32.precision - 1);
inline constexpr uint32_t kTieBits = 2 * kHalf - 2 * kQuickErrorInUlps;
inline constexpr uint32_t kNormal = ((127 + 127) << 20) - 1;  // less 1, since the lower half may borrow it

template <class D, class V>
HWY_INLINE hn::VFromD<hn::RebindToUnsigned<D>> Distances(D, V v) {
  const hn::RebindToUnsigned<D> du;
  constexpr uint64_t kMinuend = (uint64_t{1023 + 128} << 52) + kHalf + kQuickErrorInUlps - 1 + kTieBits;
  constexpr uint64_t kAllBitsButSign = (uint64_t{0x7fffffff} << 32) + kTieBits;
  return hn::And(hn::Sub(hn::Set(du, kMinuend), hn::BitCast(du, v)), hn::Set(du, kAllBitsButSign));
}

// Where the float nearest to v, a finite number, may not be the one nearest to all that lies within kQuickError of v.
template <class Quick, class D, class V>
HWY_INLINE hn::Mask<D> Doubtful(D d, V v) {
  const hn::RebindToUnsigned<D> du;
  const auto ties = hn::Set(du, kTieBits);
  const auto next_to_tie = hn::RebindMask(d, hn::Eq(hn::And(Distances(d, v), ties), ties));
  if constexpr (!Quick::kSubnormalResults) return next_to_tie;
  const V magnitude = hn::Abs(v);
  const auto nonzero = hn::Gt(magnitude, hn::Set(d, kQuickUnderflow));
  return hn::Or(next_to_tie, hn::And(nonzero, hn::Lt(magnitude, hn::Set(d, kFloat32.smallest_normal))));
}

template <class D, class V>
HWY_INLINE hn::Mask<D> Infinite(D d, V v) {
  return hn::Eq(hn::Abs(v), hn::Set(d, std::numeric_limits<double>::infinity()));
}

#if HWY_TARGET != HWY_SCALAR  // whose vectors of doubles cannot be taken for pairs of integers
// False only if none of the values is Doubtful or Infinite: some may be neither.
template <class Quick, class D, class V>
HWY_INLINE bool AnyDoubtful(D d, const V (&values)[kBlock]) {
  const hn::RebindToUnsigned<D> du;
  const hn::Repartition<uint32_t, D> halves;
  auto largest = hn::Zero(halves);
  for (const V& v : values) largest = hn::Max(largest, hn::BitCast(halves, Distances(d, v)));
  constexpr uint64_t kExponentLimit = Quick::kSubnormalResults ? kNormal : 0x7fffffff;
  const auto limits = hn::BitCast(halves, hn::Set(du, (kExponentLimit << 32) + kTieBits - 1));
  return !hn::AllFalse(halves, hn::Gt(largest, limits));
}
#endif

// Quick, and Careful, correctly rounded, where Quick leaves doubt.
template <class Quick, class Careful>
class Tested {
 public:
  explicit Tested(const Careful& careful) : quick_(careful), careful_(&careful) {}

  template <class DFloat, class... V>
  HWY_INLINE hn::VFromD<DFloat> operator()(DFloat df, V... in) const {
    const hn::Rebind<double, DFloat> d;
    return Settled(df, quick_.Approximate(d, hn::PromoteTo(d, in)...), in...);
  }

#if HWY_TARGET != HWY_SCALAR
  // kBlock vectors from in + i on.
  template <class DFloat, class V, class... In>
  HWY_INLINE void Several(DFloat df, V (&results)[kBlock], size_t i, const In*... in) const {
    const hn::Rebind<double, DFloat> d;
    const size_t lanes = hn::Lanes(df);
    hn::VFromD<decltype(d)> values[kBlock], uncertain[kBlock];
    for (size_t j = 0; j < kBlock; ++j) {
      values[j] = quick_.Approximate(d, hn::PromoteTo(d, hn::LoadU(df, in + i + j * lanes))...);
      uncertain[j] = quick_.Uncertain(d, values[j], hn::PromoteTo(d, hn::LoadU(df, in + i + j * lanes))...);
      results[j] = RoundToFloat(d, values[j]);
    }
    if (HWY_LIKELY(!AnyDoubtful<Quick>(d, uncertain))) return;
    for (size_t j = 0; j < kBlock; ++j) {
      results[j] = Settled(df, values[j], hn::LoadU(df, in + i + j * lanes)...);
    }
  }
#endif

 private:
  template <class DFloat, class VD, class... V>
  HWY_INLINE hn::VFromD<DFloat> Settled(DFloat df, VD value, V... in) const {
    const hn::Rebind<double, DFloat> d;
    if constexpr (Quick::kInfiniteFactors) {
      if (HWY_UNLIKELY(!hn::AllFalse(d, Infinite(d, value)))) return Redo(careful_, df, in...);
    }
    const auto doubtful = Doubtful<Quick>(d, quick_.Uncertain(d, value, hn::PromoteTo(d, in)...));
    if (HWY_LIKELY(hn::AllFalse(d, doubtful))) return RoundToFloat(d, value);
    const auto [settled, uncertain] = quick_.Settle(d, value, hn::PromoteTo(d, in)...);
    const auto still_doubtful = Doubtful<Quick>(d, uncertain);
    if (hn::AllFalse(d, still_doubtful)) return RoundToFloat(d, settled);
    return Decided(careful_, df, settled, still_doubtful, in...);
  }

  // Apart from the loop, whose registers they would take.
  template <class DFloat, class VD, class M, class... V>
  static HWY_NOINLINE hn::VFromD<DFloat> Decided(const Careful* careful, DFloat, VD value, M doubtful, V... in) {
    const hn::Rebind<double, DFloat> d;
    const auto decided = Decide<StoredFloat32>(*careful, d, doubtful, hn::PromoteTo(d, in)...);
    // As doubles, which the mask is of; they are floats.
    return RoundToFloat(d, hn::IfThenElse(doubtful, hn::PromoteTo(d, decided), value));
  }
  template <class DFloat, class... V>
  static HWY_NOINLINE hn::VFromD<DFloat> Redo(const Careful* careful, DFloat df, V... in) {
    return CorrectlyRounded<StoredFloat32, Careful>{*careful}(df, in...);
  }

  Quick quick_;
  const Careful* careful_;
};

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
