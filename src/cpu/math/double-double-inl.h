// Vectors of unevaluated sums of two doubles: some 106 bits, for the few inputs that double cannot round.
// Error-free sums and products after Knuth, Dekker and Veltkamp; the bounds are those of Joldes, Muller and Popescu,
// "Tight and rigorous error bounds for basic building blocks of double-word arithmetic", ACM TOMS 44 (2017).

#if defined(ELU_SRC_CPU_MATH_DOUBLE_DOUBLE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_MATH_DOUBLE_DOUBLE_INL_H_
#undef ELU_SRC_CPU_MATH_DOUBLE_DOUBLE_INL_H_
#else
#define ELU_SRC_CPU_MATH_DOUBLE_DOUBLE_INL_H_
#endif

#include <hwy/highway.h>

#include "src/cpu/coefficients.h"

#if !HWY_HAVE_FLOAT64
#error "the kernels compute in double, which this target's vectors do not have"
#endif

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

template <class V>
struct DoubleDouble {
  V high, low;
};

template <class D, class V = hn::VFromD<D>>
DoubleDouble<V> SetPair(D d, TwoDoubles v) {
  return {hn::Set(d, v.high), hn::Set(d, v.low)};
}

// a + b exactly, where |a| >= |b| or a is 0.
template <class V>
DoubleDouble<V> FastTwoSum(V a, V b) {
  const V high = hn::Add(a, b);
  return {high, hn::Sub(b, hn::Sub(high, a))};
}

// a + b exactly.
template <class V>
DoubleDouble<V> TwoSum(V a, V b) {
  const V high = hn::Add(a, b);
  const V part = hn::Sub(high, a);
  return {high, hn::Add(hn::Sub(a, hn::Sub(high, part)), hn::Sub(b, part))};
}

// The upper 26 bits of a and the rest: products of such parts are exact.
template <class V>
DoubleDouble<V> Split(V a) {
  const V shifted = hn::Mul(a, hn::Set(hn::DFromV<V>(), 0x1.0000002p+27));  // 2^27 + 1
  const V high = hn::Sub(shifted, hn::Sub(shifted, a));
  return {high, hn::Sub(a, high)};
}

// a * b exactly.
template <class V>
DoubleDouble<V> TwoProduct(V a, V b) {
  const V high = hn::Mul(a, b);
#if HWY_NATIVE_FMA
  return {high, hn::MulSub(a, b, high)};
#else
  const DoubleDouble<V> x = Split(a), y = Split(b);
  const V error =
      hn::Add(hn::Sub(hn::Mul(x.high, y.high), high), hn::Add(hn::Mul(x.high, y.low), hn::Mul(x.low, y.high)));
  return {high, hn::Add(error, hn::Mul(x.low, y.low))};
#endif
}

// Relative error below 3 u^2 / (1 - 4 u), u = 2^-53.
template <class V>
DoubleDouble<V> Add(DoubleDouble<V> a, DoubleDouble<V> b) {
  const DoubleDouble<V> s = TwoSum(a.high, b.high), t = TwoSum(a.low, b.low);
  const DoubleDouble<V> u = FastTwoSum(s.high, hn::Add(s.low, t.high));
  return FastTwoSum(u.high, hn::Add(t.low, u.low));
}

// The same where |a| >= 2 |b|, or a is 0; relative error below 2^-103.
template <class V>
DoubleDouble<V> AddSmaller(DoubleDouble<V> a, DoubleDouble<V> b) {
  const DoubleDouble<V> s = FastTwoSum(a.high, b.high);
  return FastTwoSum(s.high, hn::Add(s.low, hn::Add(a.low, b.low)));
}

// Relative error below 3 * 2^-106.
template <class V>
DoubleDouble<V> Mul(DoubleDouble<V> a, V b) {
  const DoubleDouble<V> p = TwoProduct(a.high, b);
  return FastTwoSum(p.high, hn::Add(p.low, hn::Mul(a.low, b)));
}

// Relative error below 8 * 2^-106.
template <class V>
DoubleDouble<V> Mul(DoubleDouble<V> a, DoubleDouble<V> b) {
  const DoubleDouble<V> p = TwoProduct(a.high, b.high);
  return FastTwoSum(p.high, hn::Add(p.low, hn::Add(hn::Mul(a.high, b.low), hn::Mul(a.low, b.high))));
}

// a * s for powers of two s: exact.
template <class V>
DoubleDouble<V> MulByPowerOfTwo(DoubleDouble<V> a, V s) {
  return {hn::Mul(a.high, s), hn::Mul(a.low, s)};
}

// Three doubles, each at most some last bits of the one before: what exact products of parameters need.
template <class V>
struct TripleDouble {
  V high, middle, low;
};

template <class D, class V = hn::VFromD<D>>
TripleDouble<V> SetTriple(D d, ThreeDoubles v) {
  return {hn::Set(d, v.high), hn::Set(d, v.middle), hn::Set(d, v.low)};
}

template <class V>
TripleDouble<V> ToTriple(DoubleDouble<V> v) {
  return {v.high, v.low, hn::Zero(hn::DFromV<V>())};
}

// high + tail, |tail| a few last bits of high at most.
template <class V>
TripleDouble<V> WithTail(V high, DoubleDouble<V> tail) {
  const DoubleDouble<V> s = FastTwoSum(high, tail.high);
  const DoubleDouble<V> t = TwoSum(s.low, tail.low);
  return {s.high, t.high, t.low};
}

// a * b, relative error below 2^-150; the sign of what follows `high` is right even where most of it cancels.
template <class V>
TripleDouble<V> Mul(TripleDouble<V> a, V b) {
  const DoubleDouble<V> p = TwoProduct(a.high, b), q = TwoProduct(a.middle, b);
  return WithTail(p.high, Add(TwoSum(p.low, q.high), TwoSum(q.low, hn::Mul(a.low, b))));
}

// a * (1 + change) for |change| < 2^-52, which has a relative error of its own.
template <class V>
TripleDouble<V> Changed(TripleDouble<V> a, V change) {
  const V zero = hn::Zero(hn::DFromV<V>());
  return WithTail(a.high, Add(FastTwoSum(a.middle, a.low), DoubleDouble<V>{hn::Mul(a.high, change), zero}));
}

template <class M, class V>
TripleDouble<V> IfThenElse(M mask, TripleDouble<V> yes, TripleDouble<V> no) {
  return {hn::IfThenElse(mask, yes.high, no.high), hn::IfThenElse(mask, yes.middle, no.middle),
          hn::IfThenElse(mask, yes.low, no.low)};
}

template <class M, class V>
DoubleDouble<V> IfThenElse(M mask, DoubleDouble<V> yes, DoubleDouble<V> no) {
  return {hn::IfThenElse(mask, yes.high, no.high), hn::IfThenElse(mask, yes.low, no.low)};
}

// v.high with its last bit made odd where something follows (Boldo, Melquiond 2008): rounding that to fewer
// bits rounds the sum once, ties and subnormal results included.
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

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
