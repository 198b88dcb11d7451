// What kernels in floats and in doubles share.

#if defined(ELU_SRC_CPU_MATH_ARITHMETIC_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_MATH_ARITHMETIC_INL_H_
#undef ELU_SRC_CPU_MATH_ARITHMETIC_INL_H_
#else
#define ELU_SRC_CPU_MATH_ARITHMETIC_INL_H_
#endif

#include <hwy/highway.h>
#if HWY_ARCH_X86
#include <xmmintrin.h>
#endif

#include <cstddef>
#include <limits>

#include "src/cpu/ieee754.h"
#include "src/cpu/math/constants.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Max(lowest, x), but NaN stays: x86 gives the second operand then, while others may drop NaN. On AVX-512 a comparison
// would cost a tenth of the whole.
template <class D, class V, class T = hn::TFromD<D>>
HWY_INLINE V NotBelow(D d, T lowest, V x) {
  const V least = hn::Set(d, lowest);
#if HWY_ARCH_X86 && HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128
  return hn::Max(least, x);
#else
  return hn::IfThenElse(hn::Lt(x, least), least, x);
#endif
}

// Whether the processor keeps subnormal numbers: neither flush-to-zero nor denormals-are-zero is switched on.
template <class T>
bool KeepsSubnormals() {
#if HWY_ARCH_X86
  constexpr unsigned kFlushToZero = 0x8000, kDenormalsAreZero = 0x40;
  return (_mm_getcsr() & (kFlushToZero | kDenormalsAreZero)) == 0;  // a product takes half as long as a small call
#else
  volatile T smallest_normal = std::numeric_limits<T>::min();
  return smallest_normal * T{0.5} != T{0};
#endif
}

// 2^k, for a sum with kRoundToExponent<T> that has the exponent of 2^k in its last bits.
template <class D, class V>
HWY_INLINE V PowerOfTwo(D d, V sum) {
  return hn::BitCast(d, hn::ShiftLeft<hwy::MantissaBits<hn::TFromD<D>>()>(hn::BitCast(hn::RebindToUnsigned<D>(), sum)));
}

// c[0] + c[1] r + ... by Horner's rule in r^2 on pairs of terms: half the latency of the rule in r, which counts, since
// a processor can hold only so many waiting operations of the vectors that follow.
template <class D, class V, class T, size_t kTerms>
HWY_INLINE V Polynomial(D d, V r, const T (&c)[kTerms]) {
  const V square = hn::Mul(r, r);
  constexpr size_t kLast = (kTerms - 1) / 2 * 2;
  V sum = hn::Set(d, c[kLast]);
  if constexpr (kTerms % 2 == 0) sum = hn::MulAdd(r, hn::Set(d, c[kTerms - 1]), sum);
  for (size_t i = kLast; i > 0; i -= 2) {
    sum = hn::MulAdd(sum, square, hn::MulAdd(r, hn::Set(d, c[i - 1]), hn::Set(d, c[i - 2])));
  }
  return sum;
}

// x = k length + r, k being the integer nearest to x * rate, rate = 1 / length. The last bits of `shifted` are k where
// `round` is kRoundToInteger<T>, and the exponent of 2^k where it is kRoundToExponent<T>.
template <class V>
struct Reduced {
  V shifted, k, r;
};

template <class D, class V, class T = hn::TFromD<D>>
HWY_INLINE Reduced<V> Reduce(D d, V x, T rate, T length, T round) {
  const V magic = hn::Set(d, round);
  const V shifted = hn::MulAdd(x, hn::Set(d, rate), magic);
  const V k = hn::Sub(shifted, magic);
  return {shifted, k, hn::NegMulAdd(k, hn::Set(d, length), x)};
}

// e^z - 1 = 2^k p + (2^k - 1), p = r + r^2 q(r), for z <= 0 down to where 2^k is a normal number.
template <class D, class V, class T, size_t kTerms>
HWY_INLINE V Expm1ByPolynomial(D d, V z, const T (&q)[kTerms]) {
  const auto [shifted, k, r] = Reduce(d, z, static_cast<T>(kLog2E), kLn2<T>, kRoundToExponent<T>);
  const V power = PowerOfTwo(d, shifted);
  const V p = hn::MulAdd(hn::Mul(r, r), Polynomial(d, r, q), r);
  return hn::MulAdd(power, p, hn::Sub(power, hn::Set(d, T{1})));
}

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
