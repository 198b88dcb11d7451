// From a quick op and a careful one to an op of stored floats.

#if defined(ELU_SRC_CPU_FLOAT32_ZIV_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_FLOAT32_ZIV_INL_H_
#undef ELU_SRC_CPU_FLOAT32_ZIV_INL_H_
#else
#define ELU_SRC_CPU_FLOAT32_ZIV_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>
#include <limits>

#include "src/cpu/careful/kernels-inl.h"
#include "src/cpu/careful/storage-inl.h"
#include "src/cpu/careful/ziv-inl.h"
#include "src/cpu/float32/constants.h"
#include "src/cpu/format.h"
#include "src/cpu/loop-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE::float32 {

// A double as a float has it, and the bits that a float lacks:
//
//     [ sign, 11 bits of exponent, 20 + 3 bits of significand | 29 bits that are dropped ]
//
// v is in doubt where the dropped bits lie within kQuickErrorInUlps of their middle, half an ulp of float. Distances(v)
// is a constant less the bits of v, as integers, cut to two fields:
//     lower 32 bits: of the dropped bits those above kQuickErrorInUlps. All of them are ones where v is in doubt.
//     upper 32 bits: how far |v|, its exponent and significand read as one integer, is below 2^128. More than kNormal
//                    where |v| is below the smallest normal float, where it is infinite, and for NaN.
inline constexpr uint32_t kHalfUlp = uint32_t{1} << (kFloat64.precision - kFloat32.precision - 1);
inline constexpr uint32_t kTieBits = 2 * kHalfUlp - 2 * kQuickErrorInUlps;
inline constexpr uint32_t kNormal = ((127 + 127) << 20) - 1;  // less 1, since the lower half may borrow it

template <class D, class V>
HWY_INLINE hn::VFromD<hn::RebindToUnsigned<D>> Distances(D, V v) {
  const hn::RebindToUnsigned<D> du;
  constexpr uint64_t kMinuend = (uint64_t{1023 + 128} << 52) + kHalfUlp + kQuickErrorInUlps - 1 + kTieBits;
  constexpr uint64_t kAllBitsButSign = (uint64_t{0x7fffffff} << 32) + kTieBits;
  return hn::And(hn::Sub(hn::Set(du, kMinuend), hn::BitCast(du, v)), hn::Set(du, kAllBitsButSign));
}

// Distances for those of Quick's results v that need the test, and 0 for others.
template <class Quick, class D, class V, class... Factors>
HWY_INLINE auto TestedDistances(D d, V v, [[maybe_unused]] V x, Factors...) {
  const auto distances = Distances(d, v);
  if constexpr (Quick::kTestsAbove) return distances;
  return hn::IfThenZeroElse(hn::RebindMask(hn::RebindToUnsigned<D>(), Quick::Above(d, x)), distances);
}

// Where both ends of v's error interval, v (1 - e) and v (1 + e), round to different floats. e is kQuickErrorInUlps,
// and v is not negative.
template <class D, class V>
HWY_INLINE hn::Mask<D> BetweenFloats(D d, V v) {
  constexpr double kError = kQuickErrorInUlps * std::numeric_limits<double>::epsilon();
  const auto low = RoundToFloat(d, hn::Mul(v, hn::Set(d, 1.0 - kError)));
  const auto high = RoundToFloat(d, hn::Mul(v, hn::Set(d, 1.0 + kError)));
  return hn::Lt(hn::PromoteTo(d, low), hn::PromoteTo(d, high));
}

// Where the float nearest to v, a finite number, may not be the float nearest to the exact result, which lies within
// kQuickErrorInUlps of v.
template <class Quick, class D, class V>
HWY_INLINE hn::Mask<D> NearTie(D d, V v) {
  const hn::RebindToUnsigned<D> du;
  const auto ties = hn::Set(du, kTieBits);
  const auto next_to_tie = hn::RebindMask(d, hn::Eq(hn::And(Distances(d, v), ties), ties));
  if constexpr (!Quick::kSubnormalResults) return next_to_tie;
  const V magnitude = hn::Abs(v);
  const auto nonzero = hn::Gt(magnitude, hn::Set(d, kQuickUnderflow));
  const auto subnormal = hn::And(nonzero, hn::Lt(magnitude, hn::Set(d, kFloat32.smallest_normal)));
  if (HWY_LIKELY(hn::AllFalse(d, subnormal))) return next_to_tie;
  return hn::Or(next_to_tie, BetweenFloats(d, magnitude));
}

// NearTie for Quick's results v. Results above that need no test are never in doubt.
template <class Quick, class D, class V, class... Factors>
HWY_INLINE hn::Mask<D> Doubtful(D d, V v, [[maybe_unused]] V x, Factors...) {
  if constexpr (Quick::kTestsAbove) return NearTie<Quick>(d, v);
  return hn::AndNot(Quick::Above(d, x), NearTie<Quick>(d, v));
}

template <class D, class V>
HWY_INLINE hn::Mask<D> Infinite(D d, V v) {
  return hn::Eq(hn::Abs(v), hn::Set(d, std::numeric_limits<double>::infinity()));
}

#if HWY_TARGET != HWY_SCALAR  // whose vectors of doubles cannot be taken for pairs of integers
// False only if none of the values with these distances is Doubtful or Infinite. True may be a false alarm.
template <class Quick, class D, class VU>
HWY_INLINE bool AnyDoubtful(D, const VU (&distances)[kBlock]) {
  const hn::RebindToUnsigned<D> du;
  const hn::Repartition<uint32_t, D> halves;
  auto largest = hn::Zero(halves);
  for (const VU& distance : distances) largest = hn::Max(largest, hn::BitCast(halves, distance));
  constexpr uint64_t kExponentLimit = Quick::kSubnormalResults ? kNormal : 0x7fffffff;
  const auto limits = hn::BitCast(halves, hn::Set(du, (kExponentLimit << 32) + kTieBits - 1));
  return !hn::AllFalse(halves, hn::Gt(largest, limits));
}
#endif

// Ziv's way: Quick; a test whether its error can change the rounding; CarefulOp, correctly rounded, where it can.
template <class Quick, class CarefulOp>
class Ziv {
 public:
  // `above`: further arguments of Quick's constructor. Today it is the factor for x > 0 that FactorBesideTies found.
  template <class... Above>
  explicit constexpr Ziv(const CarefulOp& careful, Above... above) : quick_(careful, above...), careful_(&careful) {}

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
    hn::VFromD<decltype(d)> values[kBlock];
    hn::VFromD<hn::RebindToUnsigned<decltype(d)>> distances[kBlock];
    for (size_t j = 0; j < kBlock; ++j) {
      values[j] = quick_.Approximate(d, hn::PromoteTo(d, hn::LoadU(df, in + i + j * lanes))...);
      distances[j] = TestedDistances<Quick>(d, values[j], hn::PromoteTo(d, hn::LoadU(df, in + i + j * lanes))...);
      results[j] = RoundToFloat(d, values[j]);
    }
    if (HWY_LIKELY(!AnyDoubtful<Quick>(d, distances))) return;
    HWY_ALIGN double approximate[kBlock * hn::MaxLanes(d)];
    HWY_ALIGN float settled[kBlock * hn::MaxLanes(df)];
    for (size_t j = 0; j < kBlock; ++j) hn::Store(values[j], d, approximate + j * lanes);
    SettleBlock(*this, df, approximate, settled, in + i...);
    for (size_t j = 0; j < kBlock; ++j) results[j] = hn::Load(df, settled + j * lanes);
  }
#endif

 private:
  template <class DFloat, class VD, class... V>
  HWY_INLINE hn::VFromD<DFloat> Settled(DFloat df, VD value, V... in) const {
    const hn::Rebind<double, DFloat> d;
    if constexpr (Quick::kInfiniteFactors) {
      if (HWY_UNLIKELY(!hn::AllFalse(d, Infinite(d, value)))) return Redo(careful_, df, in...);
    }
    auto doubtful = Doubtful<Quick>(d, value, hn::PromoteTo(d, in)...);
    if (HWY_LIKELY(hn::AllFalse(d, doubtful))) return RoundToFloat(d, value);
    if constexpr (Quick::kTestsAbove) {
      quick_.Settle(d, value, doubtful, hn::PromoteTo(d, in)...);
      if (hn::AllFalse(d, doubtful)) return RoundToFloat(d, value);
    }
    return Decided(careful_, df, value, doubtful, in...);
  }

  // These are apart from the loop, whose registers they would take. The op is a copy: were it not, the loop would find
  // its constants in memory.
  template <class DFloat, class... In>
  static HWY_NOINLINE void SettleBlock(const Ziv op, DFloat df, const double* values, float* results, const In*... in) {
    const hn::Rebind<double, DFloat> d;
    const size_t lanes = hn::Lanes(df);
    for (size_t i = 0; i < kBlock * lanes; i += lanes) {
      hn::Store(op.Settled(df, hn::Load(d, values + i), hn::LoadU(df, in + i)...), df, results + i);
    }
  }
  template <class DFloat, class VD, class M, class... V>
  static HWY_NOINLINE hn::VFromD<DFloat> Decided(const CarefulOp* careful, DFloat, VD value, M doubtful, V... in) {
    const hn::Rebind<double, DFloat> d;
    const auto decided = careful::Decide<StoredFloat32>(*careful, d, doubtful, hn::PromoteTo(d, in)...);
    // Selected as doubles, since the mask is one of doubles. Both are floats, or round to them without doubt.
    return RoundToFloat(d, hn::IfThenElse(doubtful, hn::PromoteTo(d, decided), value));
  }
  template <class DFloat, class... V>
  static HWY_NOINLINE hn::VFromD<DFloat> Redo(const CarefulOp* careful, DFloat df, V... in) {
    return careful::Ziv<StoredFloat32, CarefulOp>{*careful}(df, in...);
  }

  Quick quick_;
  const CarefulOp* careful_;
};

}  // namespace elu::cpu::HWY_NAMESPACE::float32
HWY_AFTER_NAMESPACE();

#endif  // include guard
