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

// 2^k of float for a sum with kFastRoundToExponent, which has k in its low bits.
template <class D, class V>
HWY_INLINE V FastPower(D d, V sum) {
  return hn::BitCast(d, hn::ShiftLeft<23>(hn::BitCast(hn::RebindToUnsigned<D>(), sum)));
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

// x = k length + r, k the integer nearest to x / length, in the last bits of `shifted` as `round` has it:
// kFastRoundToInteger or kFastRoundToExponent.
template <class V>
struct FastReduced {
  V shifted, k, r;
};

template <class D, class V>
HWY_INLINE FastReduced<V> FastReduce(D d, V x, float rate, float length, float round) {
  const V magic = hn::Set(d, round);
  const V shifted = hn::MulAdd(x, hn::Set(d, rate), magic);
  const V k = hn::Sub(shifted, magic);
  return {shifted, k, hn::NegMulAdd(k, hn::Set(d, length), x)};
}

// e^z - 1 = 2^k p + (2^k - 1), p = r + r^2 q(r), for z <= 0 down to where 2^k is a normal float.
template <class D, class V, size_t kTerms>
HWY_INLINE V FastExpm1(D d, V z, const float (&q)[kTerms]) {
  const auto [shifted, k, r] = FastReduce(d, z, static_cast<float>(kLog2E), kFastLn2, kFastRoundToExponent);
  const V power = FastPower(d, shifted);
  const V p = hn::MulAdd(hn::Mul(r, r), Polynomial(d, r, q), r);
  return hn::MulAdd(power, p, hn::Sub(power, hn::Set(d, 1.0F)));
}

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
