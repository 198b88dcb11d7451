// Include before any Highway header. On SVE and RISC-V the compiler does not know the size of a vector, so that none
// can be a member of a struct, as in DoubleDouble: Arm machines with SVE run the NEON code.
#ifndef ELU_SRC_CPU_DISABLED_TARGETS_H_
#define ELU_SRC_CPU_DISABLED_TARGETS_H_

#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)

#endif  // ELU_SRC_CPU_DISABLED_TARGETS_H_
