// Include before any Highway header. On x86 AVX-512 as Skylake's servers have it is the best target, whatever later one
// a compiler is told to take for granted. On SVE and RISC-V the compiler does not know the size of a vector, so that
// none can be a member of a struct, as in DoubleDouble: Arm machines with SVE run the NEON code. GCC for Windows puts
// vectors of 32 bytes and more on a stack that it aligns to 16 (GCC's bug 54412): there SSE4 is the best. The better
// targets have the lower bits.
#ifndef ELU_SRC_CPU_DISABLED_TARGETS_H_
#define ELU_SRC_CPU_DISABLED_TARGETS_H_

#include "src/cpu/ieee754.h"

#if defined(__MINGW32__) && !defined(__clang__)
#define HWY_DISABLED_TARGETS (HWY_SSE4 - 1)
#elif defined(__x86_64__) || defined(__i386__)
#define HWY_DISABLED_TARGETS (HWY_AVX3 - 1)
#else
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#endif

#endif  // ELU_SRC_CPU_DISABLED_TARGETS_H_
