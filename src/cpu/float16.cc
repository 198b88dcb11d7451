// The two 16-bit types: binary16 and bfloat16.
#include "cpu/disabled-targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cpu/float16.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "cpu/kernels-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

const Kernels<uint16_t>* Float16Kernels() {
  static constexpr Kernels<uint16_t> kernels = KernelsOf<StoredFloat16, CorrectlyRounded>::Table();
  return &kernels;
}

const Kernels<uint16_t>* BFloat16Kernels() {
  static constexpr Kernels<uint16_t> kernels = KernelsOf<StoredBFloat16, CorrectlyRounded>::Table();
  return &kernels;
}

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "cpu/targets.h"

namespace elu::cpu {

HWY_EXPORT(Float16Kernels);
HWY_EXPORT(BFloat16Kernels);
const Kernels<std::uint16_t>& Float16() { return *ELU_DISPATCH(Float16Kernels)(); }
const Kernels<std::uint16_t>& BFloat16() { return *ELU_DISPATCH(BFloat16Kernels)(); }

}  // namespace elu::cpu
#endif  // HWY_ONCE
