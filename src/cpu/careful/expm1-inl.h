// exp and expm1 for z <= 0: approximate, in one double, and precise, in two. Lanes with z > 0 hold no meaning.

#if defined(ELU_SRC_CPU_CAREFUL_EXPM1_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_CAREFUL_EXPM1_INL_H_
#undef ELU_SRC_CPU_CAREFUL_EXPM1_INL_H_
#else
#define ELU_SRC_CPU_CAREFUL_EXPM1_INL_H_
#endif

#include <hwy/highway.h>

#include <iterator>

#include "src/cpu/math/arithmetic-inl.h"
#include "src/cpu/math/constants.h"
#include "src/cpu/math/double-double-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

// k, the integer nearest to z / ln 2, and 2^k.
template <class V>
struct NearestPower {
  V power, k;
};

template <class D, class V>
NearestPower<V> NearestPowerOfTwo(D d, V z) {
  const V magic = hn::Set(d, kRoundToExponent<double>);
  const V shifted = hn::MulAdd(z, hn::Set(d, kLog2E), magic);
  return {PowerOfTwo(d, shifted), hn::Sub(shifted, magic)};
}

// A comparison and not Max: Max may drop NaN.
template <class D, class V>
V NotBelowLowestExponent(D d, V z) {
  const V lowest = hn::Set(d, kLowestExponent);
  return hn::IfThenElse(hn::Lt(z, lowest), lowest, z);
}

// e^z = power * (1 + p) with power = 2^k, and p = expm1(z - k ln 2).
template <class V>
struct ApproximateParts {
  V power, p;
};

template <class D, class V>
ApproximateParts<V> Reduce(D d, V z) {
  z = NotBelowLowestExponent(d, z);
  const auto [power, k] = NearestPowerOfTwo(d, z);
  V r = hn::NegMulAdd(k, hn::Set(d, kLn2High), z);
  r = hn::NegMulAdd(k, hn::Set(d, kLn2BelowHigh), r);
  V q = hn::Set(d, kExpm1[std::size(kExpm1) - 1]);
  for (size_t i = std::size(kExpm1) - 1; i-- > 0;) q = hn::MulAdd(q, r, hn::Set(d, kExpm1[i]));
  return {power, hn::MulAdd(hn::Mul(r, r), q, r)};
}

// expm1(z) = 2^k p + (2^k - 1). Without cancellation: k = 0 leaves p, and for k < 0 the first term is at most 0.21 in
// magnitude beside at least 1/2.
template <class D, class V>
V ApproximateExpm1(D d, V z) {
  const auto [power, p] = Reduce(d, z);
  return hn::MulAdd(power, p, hn::Sub(power, hn::Set(d, 1.0)));
}

template <class D, class V>
V ApproximateExp(D d, V z) {
  const auto [power, p] = Reduce(d, z);
  return hn::MulAdd(power, p, power);
}

// e^z = 2^k (1 + p), and p = expm1(z - k ln 2) in two doubles.
template <class V>
struct PreciseParts {
  NearestPower<V> power;
  DoubleDouble<V> p;
};

// expm1(r) = r + r^2 (1/2! + r/3! + ...): the early terms in two doubles, the late ones, small beside them, in one.
template <class D, class V>
DoubleDouble<V> PreciseExpm1OfReduced(D d, DoubleDouble<V> r) {
  constexpr size_t kTerms = std::size(kInverseFactorial), kPairs = std::size(kInverseFactorialLow);
  V tail = hn::Set(d, kInverseFactorial[kTerms - 1]);
  for (size_t i = kTerms - 1; i-- > kPairs;) tail = hn::MulAdd(tail, r.high, hn::Set(d, kInverseFactorial[i]));
  DoubleDouble<V> q = {tail, hn::Zero(d)};
  for (size_t i = kPairs; i-- > 0;) q = Add(Mul(q, r), SetPair(d, {kInverseFactorial[i], kInverseFactorialLow[i]}));
  return Add(r, Mul(Mul(r, r), q));
}

template <class D, class V>
PreciseParts<V> Reduce(D d, DoubleDouble<V> z) {
  const auto below = hn::Lt(z.high, hn::Set(d, kLowestExponent));
  z = IfThenElse(below, SetPair(d, {kLowestExponent, 0.0}), z);
  const NearestPower<V> power = NearestPowerOfTwo(d, z.high);
  // z.high - k ln2High is exact: both are multiples of the last bit of ln2High or of z, and close to one another.
  const V leading = hn::Sub(z.high, hn::Mul(power.k, hn::Set(d, kLn2High)));
  const DoubleDouble<V> rest = TwoProduct(power.k, hn::Set(d, -kLn2Lowest));
  DoubleDouble<V> r = TwoSum(leading, hn::Mul(power.k, hn::Set(d, -kLn2Middle)));
  r = Add(r, DoubleDouble<V>{z.low, hn::Zero(d)});
  return {power, PreciseExpm1OfReduced(d, Add(r, rest))};
}

template <class D, class V>
DoubleDouble<V> PreciseExpm1(D d, DoubleDouble<V> z) {
  const auto [power, p] = Reduce(d, z);
  return Add(TwoSum(power.power, hn::Set(d, -1.0)), MulByPowerOfTwo(p, power.power));
}

template <class D, class V>
DoubleDouble<V> PreciseExp(D d, DoubleDouble<V> z) {
  const auto [power, p] = Reduce(d, z);
  return MulByPowerOfTwo(Add(SetPair(d, {1.0, 0.0}), p), power.power);
}

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
