// The only loop.

#if defined(ELU_SRC_CPU_LOOP_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_LOOP_INL_H_
#undef ELU_SRC_CPU_LOOP_INL_H_
#else
#define ELU_SRC_CPU_LOOP_INL_H_
#endif

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Vectors that an op may take at once, so that one test serves them all. Such an op has a member `Several`.
inline constexpr size_t kBlock = 4;

// Arrays of results from this size on go past the cache to the memory.
//   choice: beyond the last-level cache of most machines' cores; memcpy of glibc changes at a similar size
inline constexpr size_t kStreamedBytes = size_t{1} << 24;

// A full vector whose first `count` lanes are those at `from` and the others 0: nothing beyond them is read.
template <class D, class T = hn::TFromD<D>>
HWY_INLINE hn::VFromD<D> LoadRemainder(D d, const T* from, size_t count) {
  HWY_ALIGN T lanes[hn::MaxLanes(d)] = {};
  std::memcpy(lanes, from, count * sizeof(T));
  return hn::Load(d, lanes);
}

// Less than a vector. The op is a copy: were it not, the loop would find its constants in memory, not in registers.
template <class D, class Op, class T, class... In>
HWY_NOINLINE void MapRemainder(D d, const Op op, size_t count, T* out, const In*... in) {
  HWY_ALIGN T lanes[hn::MaxLanes(d)];
  hn::Store(op(d, LoadRemainder(d, in, count)...), d, lanes);
  std::memcpy(out, lanes, count * sizeof(T));
}

// The whole vectors of [i, n); the first element after them.
template <class D, class Op, class T, class Store, class... In>
HWY_INLINE size_t MapVectors(D d, const Op& op, size_t i, size_t n, T* out, const Store& store, const In*... in) {
  const size_t lanes = hn::Lanes(d);
  if constexpr (requires(hn::VFromD<D>(&results)[kBlock]) { op.Several(d, results, i, in...); }) {
    for (; n - i >= kBlock * lanes; i += kBlock * lanes) {
      hn::VFromD<D> results[kBlock];
      op.Several(d, results, i, in...);
      for (size_t j = 0; j < kBlock; ++j) store(results[j], d, out + i + j * lanes);
    }
  }
  for (; n - i >= lanes; i += lanes) store(op(d, hn::LoadU(d, in + i)...), d, out + i);
  return i;
}

// Past the cache, which has no room for the results of so many elements: to the memory directly, so that it is not read
// before it is written. From an element on where the results are aligned, which that needs. Not vectors below 16 bytes:
// Stream would write as many on x86.
template <class D, class T, class... In>
bool Streams(D d, size_t n, const T* out, const In*... in) {
  return hn::Lanes(d) * sizeof(T) >= 16 && n >= kStreamedBytes / sizeof(T) && (... && (in != out));
}

template <class D, class T>
size_t Misaligned(D d, const T* out) {
  const size_t vector = hn::Lanes(d) * sizeof(T), over = reinterpret_cast<uintptr_t>(out) % vector;
  return (vector - over) % vector / sizeof(T);
}

// out[i] = op(d, in[i]...) for i in [0, n). `out` may be one of the inputs.
// The remainder runs the same op, so a value never depends on its position.
template <class D, class Op, class T, class... In>
void Map(D d, const Op op, size_t n, T* out, const In*... in) {
  size_t i = 0;
  if (HWY_UNLIKELY(Streams(d, n, out, in...))) {
    i = Misaligned(d, out);
    if (i != 0) MapRemainder(d, op, i, out, in...);
    i = MapVectors(
        d, op, i, n, out, [](auto v, D tag, T* to) HWY_ATTR { hn::Stream(v, tag, to); }, in...);
    hwy::FlushStream();
  } else {
    i = MapVectors(
        d, op, i, n, out, [](auto v, D tag, T* to) HWY_ATTR { hn::StoreU(v, tag, to); }, in...);
  }
  if (i < n) MapRemainder(d, op, n - i, out + i, in + i...);
}

// A vector in memory, for as long as an expression lasts.
template <class D>
struct InMemory {
  HWY_ALIGN hn::TFromD<D> lanes[hn::MaxLanes(D())];

  InMemory() = default;
  explicit InMemory(hn::VFromD<D> v) { hn::Store(v, D(), lanes); }
};

// op(d, in...) for an op that takes the shorter vectors of `part`.
template <class D, class DPart, class Op, class... V>
hn::VFromD<D> InParts(D d, DPart part, const Op& op, V... in) {
  InMemory<D> out;
  Map(part, op, hn::Lanes(d), out.lanes, InMemory<D>(in).lanes...);
  return hn::Load(d, out.lanes);
}

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
