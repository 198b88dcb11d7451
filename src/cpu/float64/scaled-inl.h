// Two doubles with the exponent apart, and their one rounding to a double, subnormal results included.

#if defined(ELU_SRC_CPU_FLOAT64_SCALED_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_FLOAT64_SCALED_INL_H_
#undef ELU_SRC_CPU_FLOAT64_SCALED_INL_H_
#else
#define ELU_SRC_CPU_FLOAT64_SCALED_INL_H_
#endif

#include <hwy/highway.h>

#include "src/cpu/math/arithmetic-inl.h"
#include "src/cpu/math/constants.h"
#include "src/cpu/math/double-double-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE::float64 {

// m * 2^k; k is an integer that may lie beyond a double's exponents.
template <class V>
struct Scaled {
  DoubleDouble<V> m;
  V k;
};

template <class D, class V>
Scaled<V> Unscaled(D d, DoubleDouble<V> m) {
  return {m, hn::Zero(d)};
}

// 2^k for integers k in [-1022, 1023], those outside moved there.
template <class D, class V>
V PowerOfTwoWithin(D d, V k) {
  const V within = hn::Min(hn::Max(k, hn::Set(d, -1022.0)), hn::Set(d, 1023.0));
  return PowerOfTwo(d, hn::Add(within, hn::Set(d, kRoundToExponent<double>)));
}

// v.m to a multiple of 2^(-1074 - k): what a subnormal result, |m| <= 2^(-1022 - k), needs for the scaling to be exact.
template <class D, class V>
V RoundForSubnormal(D d, Scaled<V> v) {
  const V shift = hn::CopySign(PowerOfTwoWithin(d, hn::Sub(hn::Set(d, -1022.0), v.k)), v.m.high);
  const DoubleDouble<V> sum = FastTwoSum(shift, v.m.high);
  return hn::Sub(hn::Add(sum.high, hn::Add(sum.low, v.m.low)), shift);
}

// m * 2^k rounded, in two steps. The first is exact unless the result is subnormal or 0, and then RoundForSubnormal has
// its say.
template <class D, class V>
V ToDouble(D d, Scaled<V> v) {
  const V half = hn::Round(hn::Mul(v.k, hn::Set(d, 0.5)));
  const V first = PowerOfTwoWithin(d, half), second = PowerOfTwoWithin(d, hn::Sub(v.k, half));
  const V nearest = hn::Mul(hn::Mul(v.m.high, first), second);
  const auto subnormal = hn::Le(hn::Abs(nearest), hn::Set(d, 0x1p-1022));
  return hn::IfThenElse(subnormal, hn::Mul(hn::Mul(RoundForSubnormal(d, v), first), second), nearest);
}

// v = m 2^k with 1 <= |m| < 2, for v finite and not 0.
template <class D, class V>
Scaled<V> Normalised(D d, V v) {
  const hn::RebindToUnsigned<D> du;
  const auto subnormal = hn::Lt(hn::Abs(v), hn::Set(d, 0x1p-1022));
  v = hn::IfThenElse(subnormal, hn::Mul(v, hn::Set(d, 0x1p+54)), v);
  const auto bits = hn::BitCast(du, v);
  // The biased exponent, as the last bits of 2^52.
  const auto biased = hn::ShiftRight<52>(hn::And(bits, hn::Set(du, 0x7ff0000000000000U)));
  const V k = hn::Sub(hn::BitCast(d, hn::Or(biased, hn::BitCast(du, hn::Set(d, 0x1p+52)))),
                      hn::IfThenElse(subnormal, hn::Set(d, 0x1p+52 + 1023 + 54), hn::Set(d, 0x1p+52 + 1023)));
  const auto m = hn::Or(hn::And(bits, hn::Set(du, 0x800fffffffffffffU)), hn::BitCast(du, hn::Set(d, 1.0)));
  return {{hn::BitCast(d, m), hn::Zero(d)}, k};
}

template <class V>
Scaled<V> Mul(Scaled<V> a, Scaled<V> b) {
  return {Mul(a.m, b.m), hn::Add(a.k, b.k)};
}

}  // namespace elu::cpu::HWY_NAMESPACE::float64
HWY_AFTER_NAMESPACE();

#endif  // include guard
