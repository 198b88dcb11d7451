// Stops a compilation in which float and double are not computed as IEEE 754 has it: every bit that elu promises rests
// on that. cmake/Ieee754.cmake has the options that no flag of a surrounding project outlasts.
#ifndef ELU_SRC_CPU_IEEE754_H_
#define ELU_SRC_CPU_IEEE754_H_

#include <cfloat>

#if defined(__FAST_MATH__) || defined(__ASSOCIATIVE_MATH__) || defined(__RECIPROCAL_MATH__) || \
    defined(__NO_SIGNED_ZEROS__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__)
#error "elu's kernels need IEEE 754 arithmetic: compile them with -fno-fast-math, after -ffast-math or a part of it"
#endif

static_assert(sizeof(0.1) == sizeof(double),
              "elu's kernels need constants of double: drop -fsingle-precision-constant");
static_assert(FLT_EVAL_METHOD == 0,
              "elu's kernels need float and double without excess precision; on x86: -msse2 "
              "-mfpmath=sse");

#endif  // ELU_SRC_CPU_IEEE754_H_
