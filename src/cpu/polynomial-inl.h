// Polynomials of vectors of floats or doubles.

#if defined(ELU_SRC_CPU_POLYNOMIAL_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_POLYNOMIAL_INL_H_
#undef ELU_SRC_CPU_POLYNOMIAL_INL_H_
#else
#define ELU_SRC_CPU_POLYNOMIAL_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

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

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
