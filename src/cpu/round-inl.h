// From an op of doubles to a correctly rounded op of floats: the rounding test of Ziv.

#if defined(ELU_SRC_CPU_ROUND_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_ROUND_INL_H_
#undef ELU_SRC_CPU_ROUND_INL_H_
#else
#define ELU_SRC_CPU_ROUND_INL_H_
#endif

#include <hwy/highway.h>

#include "cpu/constants.h"
#include "cpu/double-double-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

// Floats in vectors as wide as the vectors of doubles that they are computed in.
using FloatLanes = hn::Rebind<float, hn::ScalableTag<double>>;

// To nearest, ties to even, infinity kept: DemoteTo of the plain targets turns infinity into the largest float.
template <class DF, class V>
hn::VFromD<DF> RoundToFloat(DF df, V v) {
#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128
  const hn::Rebind<double, DF> d;
  HWY_ALIGN double from[hn::MaxLanes(d)];
  HWY_ALIGN float to[hn::MaxLanes(d)];
  hn::Store(v, d, from);
  for (size_t i = 0; i < hn::Lanes(d); ++i) to[i] = static_cast<float>(from[i]);
  return hn::Load(df, to);
#else
  return hn::DemoteTo(df, v);
#endif
}

// v.high with its last bit made odd where something follows (Boldo, Melquiond 2008): rounding that to float rounds the
// sum once, ties and subnormal floats included.
template <class D, class V>
V RoundToOdd(D d, TripleDouble<V> v) {
  const V rest = hn::IfThenElse(hn::Eq(v.middle, hn::Zero(d)), v.low, v.middle);  // its sign is that of what follows
  const hn::RebindToSigned<D> di;
  const auto bits = hn::BitCast(di, v.high);
  const auto away = hn::Set(di, 1), toward = hn::Set(di, -1), odd = hn::And(bits, away);
  const auto opposite = hn::BroadcastSignBit(hn::BitCast(di, hn::Xor(v.high, rest)));
  const auto step = hn::IfThenElse(hn::MaskFromVec(opposite), toward, away);
  const auto keep = hn::Or(hn::Eq(odd, away), hn::RebindMask(di, hn::Eq(rest, hn::Zero(d))));
  return hn::BitCast(d, hn::Add(bits, hn::IfThenZeroElse(keep, step)));
}

// Where both ends of Approximate's error interval round to one float, that is the result. Other lanes are in doubt,
// and Precise decides them.
template <class Op>
struct CorrectlyRounded {
  Op op;

  template <class DF, class... V>
  HWY_INLINE hn::VFromD<DF> operator()(DF df, V... inputs) const {
    const hn::Rebind<double, DF> d;
    const hn::RebindToSigned<DF> di;
    const auto value = op.Approximate(d, hn::PromoteTo(d, inputs)...);
    const auto low = RoundToFloat(df, hn::Mul(value, hn::Set(d, 1.0 - kApproximateError)));
    const auto high = RoundToFloat(df, hn::Mul(value, hn::Set(d, 1.0 + kApproximateError)));
    // Compared as integers, so that NaN is not in doubt.
    const auto decided = hn::Eq(hn::BitCast(di, low), hn::BitCast(di, high));
    if (HWY_LIKELY(hn::AllTrue(di, decided))) return low;
    return hn::IfThenElse(hn::RebindMask(df, decided), low, Decide(df, inputs...));
  }

 private:
  // Apart from the loop, whose registers it would take.
  template <class DF, class... V>
  HWY_NOINLINE hn::VFromD<DF> Decide(DF df, V... inputs) const {
    const hn::Rebind<double, DF> d;
    return RoundToFloat(df, RoundToOdd(d, op.Precise(d, hn::PromoteTo(d, inputs)...)));
  }
};

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
