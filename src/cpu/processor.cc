#include "src/cpu/processor.h"

#include "src/cpu/disabled-targets.h"

#include <hwy/targets.h>

#if HWY_ARCH_X86
#include <cpuid.h>
#endif

namespace elu::cpu {

#if HWY_ARCH_X86
namespace {

// CPUID's answer about sub-leaf 0: zeros where there is no such leaf.
//   source: Intel, Software Developer's Manual, volume 2, CPUID; the bits' names are those of <cpuid.h>
struct Cpuid {
  explicit Cpuid(unsigned leaf) { __get_cpuid_count(leaf, 0, &a, &b, &c, &d); }
  unsigned a = 0, b = 0, c = 0, d = 0;
};

constexpr bool HasAll(unsigned bits, unsigned wanted) { return (bits & wanted) == wanted; }

// The registers that the operating system keeps for each thread: XCR0, 0 where it cannot be read.
unsigned KeptRegisters() {
  if (!HasAll(Cpuid(1).c, bit_OSXSAVE)) return 0;
  unsigned low, high;
  asm volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}
constexpr unsigned kVectorsOf256 = 0x06, kVectorsOf512 = 0xe6;

}  // namespace

// What a target's code is compiled for: hwy/ops/set_macros-inl.h.
long long RunnableTargets() {
  const Cpuid basic(1), more(7), extended(0x80000001);
  const unsigned kept = KeptRegisters();
  long long targets = HWY_STATIC_TARGET;
  if (!HasAll(basic.c, bit_SSSE3)) return targets;
  targets |= HWY_SSSE3;
  if (!HasAll(basic.c, bit_SSE4_1 | bit_SSE4_2 | bit_PCLMUL | bit_AES)) return targets;
  targets |= HWY_SSE4;
  if (!HasAll(kept, kVectorsOf256) || !HasAll(basic.c, bit_AVX | bit_FMA | bit_F16C) ||
      !HasAll(more.b, bit_AVX2 | bit_BMI | bit_BMI2) || !HasAll(extended.c, bit_LZCNT)) {
    return targets;
  }
  targets |= HWY_AVX2;
  constexpr unsigned kAvx512 = bit_AVX512F | bit_AVX512DQ | bit_AVX512CD | bit_AVX512BW | bit_AVX512VL;
  if (HasAll(kept, kVectorsOf512) && HasAll(more.b, kAvx512)) targets |= HWY_AVX3;
  return targets;
}
#else
long long RunnableTargets() { return HWY_STATIC_TARGET; }
#endif

}  // namespace elu::cpu
