// Include before any Highway header. Vectors are used where tests have shown their results: on x86 up to AVX-512 as
// Skylake's servers have it, whatever later target a compiler is told to take for granted, and on little-endian aarch64
// NEON. Every other machine runs the plain target, in scalars, which needs nothing but IEEE 754 arithmetic. On POWER
// Highway's conversions of binary16 make numbers of some NaN. On SVE and RISC-V the compiler does not know the size of
// a vector, so that none can be a member of a struct, as in DoubleDouble. GCC for Windows puts vectors of 32 bytes and
// more on a stack that it aligns to 16 (GCC's bug 54412): there SSE4 is the best.
#ifndef ELU_SRC_CPU_DISABLED_TARGETS_H_
#define ELU_SRC_CPU_DISABLED_TARGETS_H_

#include <hwy/detect_compiler_arch.h>

// Of the targets of one machine the better ones have the lower bits; the plain ones have the highest of all.
#if HWY_ARCH_X86 && defined(__MINGW32__) && !defined(__clang__)
#define HWY_DISABLED_TARGETS (HWY_SSE4 - 1)
#elif HWY_ARCH_X86
#define HWY_DISABLED_TARGETS (HWY_AVX3 - 1)
#elif HWY_ARCH_ARM_A64 && !defined(__AARCH64EB__)
#define HWY_COMPILE_ONLY_STATIC
#define HWY_DISABLED_TARGETS (HWY_NEON - 1)
#else
#define HWY_COMPILE_ONLY_STATIC
#define HWY_DISABLED_TARGETS (HWY_EMU128 - 1)
#endif

#endif  // ELU_SRC_CPU_DISABLED_TARGETS_H_
