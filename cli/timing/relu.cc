#include "cli/timing/relu.h"

#include "src/cpu/disabled-targets.h"  // the kernels' targets

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cli/timing/relu.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <cstdint>

#include "program/leaky_relu.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cli::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

struct ReluOp {
  template <class D>
  hn::Vec<D> operator()(D d, hn::Vec<D> x) const {
    return hn::Max(x, hn::Zero(d));
  }
};

struct LeakyReluOp {
  template <class D>
  hn::Vec<D> operator()(D d, hn::Vec<D> x) const {
    return hn::Max(x, hn::Mul(x, hn::Set(d, static_cast<float>(program::kLeakySlope))));
  }
};

template <class T, class Op>
void Map(const void* x, void* y, size_t n, Op op) {
  const hn::ScalableTag<T> d;
  const hn::CappedTag<T, 1> one;
  const size_t lanes = hn::Lanes(d);
  const T* in = static_cast<const T*>(x);
  T* out = static_cast<T*>(y);
  const auto step = [=](auto tag, size_t at) { hn::StoreU(op(tag, hn::LoadU(tag, in + at)), tag, out + at); };
  size_t i = 0;
  // Four vectors a turn: the time of one a turn depends, by a third, on where the linker puts the loop.
  for (; n - i >= 4 * lanes; i += 4 * lanes) {
    step(d, i);
    step(d, i + lanes);
    step(d, i + 2 * lanes);
    step(d, i + 3 * lanes);
  }
  for (; i < n; ++i) step(one, i);
}

template <class T>
void Relu(const void* x, void* y, size_t n) {
  Map<T>(x, y, n, ReluOp());
}

void ReluF32(const void* x, void* y, size_t n) { Relu<float>(x, y, n); }
void ReluF64(const void* x, void* y, size_t n) { Relu<double>(x, y, n); }
// A negative 16-bit number of either format is a negative integer too.
void ReluInHalf(const void* x, void* y, size_t n) { Relu<std::int16_t>(x, y, n); }
void LeakyReluF32(const void* x, void* y, size_t n) { Map<float>(x, y, n, LeakyReluOp()); }

}  // namespace elu::cli::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "elu/elu.h"
#include "src/cpu/dispatch.h"

namespace elu::cli {
ELU_EXPORT(ReluF32);
ELU_EXPORT(ReluF64);
ELU_EXPORT(ReluInHalf);
ELU_EXPORT(LeakyReluF32);

namespace {
std::size_t TargetRow() { return cpu::RowOf(cpu::TargetNamed(elu_target(), HWY_TARGETS)); }
}  // namespace

SimpleFunction VectorRelu(reference::Format format) {
  const std::size_t row = TargetRow();
  switch (format) {
    case reference::Format::float32: return ELU_TABLE(ReluF32)[row];
    case reference::Format::float64: return ELU_TABLE(ReluF64)[row];
    default: return ELU_TABLE(ReluInHalf)[row];
  }
}

SimpleFunction VectorLeakyRelu() { return ELU_TABLE(LeakyReluF32)[TargetRow()]; }

}  // namespace elu::cli
#endif  // HWY_ONCE
