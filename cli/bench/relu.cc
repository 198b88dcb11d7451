#include "cli/bench/relu.h"

#include "src/cpu/disabled-targets.h"  // the kernels' targets

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cli/bench/relu.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace elu::cli::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

template <class T>
void Relu(const void* x, void* y, size_t n) {
  const hn::ScalableTag<T> d;
  const size_t lanes = hn::Lanes(d);
  const T* in = static_cast<const T*>(x);
  T* out = static_cast<T*>(y);
  const auto relu = [=](size_t at) { hn::StoreU(hn::Max(hn::LoadU(d, in + at), hn::Zero(d)), d, out + at); };
  size_t i = 0;
  // Four vectors a turn: the time of one a turn depends, by a third, on where the linker puts the loop.
  for (; n - i >= 4 * lanes; i += 4 * lanes) {
    relu(i);
    relu(i + lanes);
    relu(i + 2 * lanes);
    relu(i + 3 * lanes);
  }
  for (; i < n; ++i) out[i] = in[i] > T{0} ? in[i] : T{0};
}

void ReluF32(const void* x, void* y, size_t n) { Relu<float>(x, y, n); }
void ReluF64(const void* x, void* y, size_t n) { Relu<double>(x, y, n); }
// A negative 16-bit number of either format is a negative integer too.
void ReluInHalf(const void* x, void* y, size_t n) { Relu<std::int16_t>(x, y, n); }

}  // namespace elu::cli::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "elu/elu.h"
#include "src/cpu/dispatch.h"

namespace elu::cli {
ELU_EXPORT(ReluF32);
ELU_EXPORT(ReluF64);
ELU_EXPORT(ReluInHalf);

ReluFunction VectorRelu(reference::Format format) {
  const std::size_t row = cpu::RowOf(cpu::TargetNamed(elu_target(), HWY_TARGETS));
  switch (format) {
    case reference::Format::float32: return ELU_TABLE(ReluF32)[row];
    case reference::Format::float64: return ELU_TABLE(ReluF64)[row];
    default: return ELU_TABLE(ReluInHalf)[row];
  }
}

}  // namespace elu::cli
#endif  // HWY_ONCE
