// From an op of doubles to a correctly rounded op of stored numbers, by Ziv's test.

#if defined(ELU_SRC_CPU_CAREFUL_ZIV_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_CAREFUL_ZIV_INL_H_
#undef ELU_SRC_CPU_CAREFUL_ZIV_INL_H_
#else
#define ELU_SRC_CPU_CAREFUL_ZIV_INL_H_
#endif

#include <hwy/highway.h>

#include "src/cpu/careful/storage-inl.h"
#include "src/cpu/math/constants.h"
#include "src/cpu/math/double-double-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE::careful {

template <class V>
auto SameBits(V a, V b) {
  const hn::RebindToSigned<hn::DFromV<V>> di;
  return hn::RebindMask(hn::DFromV<V>(), hn::Eq(hn::BitCast(di, a), hn::BitCast(di, b)));  // NaN equals itself
}

// The results of op, an op of doubles, where they are in doubt.
template <class Stored, class Op, class D, class M, class... V>
auto Decide(const Op& op, D d, M doubtful, V... inputs) {
  const auto [exact, where] = op.Exact(d, inputs...);
  auto value = exact;
  if constexpr (Op::kNeedsExp) {
    if (!hn::AllFalse(d, hn::AndNot(where, doubtful))) value = IfThenElse(where, exact, op.Precise(d, inputs...));
  }
  return Stored::Round(d, RoundToOdd(d, value));
}

// An op of doubles as a correctly rounded op of stored numbers. Where both ends of Approximate's error interval round
// to one number, that is the result. Other lanes are in doubt: Exact and Precise decide them.
template <class Stored, class Op>
struct Ziv {
  Op op;

  template <class DStored, class... V>
  HWY_INLINE hn::VFromD<DStored> operator()(DStored, V... stored) const {
    const hn::Rebind<double, DStored> d;
    return Stored::Pack(d, Rounded(d, Stored::Widen(d, stored)...));
  }

 private:
  template <class D, class... V>
  HWY_INLINE auto Rounded(D d, V... inputs) const {
    const auto value = op.Approximate(d, inputs...);
    const auto low = Stored::Round(d, hn::Mul(value, hn::Set(d, 1.0 - kApproximateError)));
    const auto high = Stored::Round(d, hn::Mul(value, hn::Set(d, 1.0 + kApproximateError)));
    const auto decided = SameBits(low, high);
    if (HWY_LIKELY(hn::AllTrue(hn::DFromV<decltype(low)>(), decided))) return low;
    const auto doubtful = hn::Ne(Stored::ToDouble(d, low), Stored::ToDouble(d, high));
    return hn::IfThenElse(decided, low, Apart(d, doubtful, inputs...));
  }

  // Apart from the loop, whose registers it would take.
  template <class D, class M, class... V>
  HWY_NOINLINE auto Apart(D d, M doubtful, V... inputs) const {
    return Decide<Stored>(op, d, doubtful, inputs...);
  }
};

}  // namespace elu::cpu::HWY_NAMESPACE::careful
HWY_AFTER_NAMESPACE();

#endif  // include guard
