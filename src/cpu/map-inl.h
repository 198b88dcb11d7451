// The only loop.

#if defined(ELU_SRC_CPU_MAP_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_MAP_INL_H_
#undef ELU_SRC_CPU_MAP_INL_H_
#else
#define ELU_SRC_CPU_MAP_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstring>

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// A full vector whose first `count` lanes are those at `from` and the others 0: nothing beyond them is read.
template <class D, class T = hn::TFromD<D>>
hn::VFromD<D> LoadRemainder(D d, const T* from, size_t count) {
  HWY_ALIGN T lanes[hn::MaxLanes(d)] = {};
  std::memcpy(lanes, from, count * sizeof(T));
  return hn::Load(d, lanes);
}

template <class D, class T = hn::TFromD<D>>
void StoreRemainder(D d, hn::VFromD<D> v, T* to, size_t count) {
  HWY_ALIGN T lanes[hn::MaxLanes(d)];
  hn::Store(v, d, lanes);
  std::memcpy(to, lanes, count * sizeof(T));
}

// out[i] = op(d, in[i]...) for i in [0, n). `out` may be one of the inputs.
// The remainder runs the same op, so a value never depends on its position.
template <class D, class Op, class T, class... In>
void Map(D d, const Op& op, size_t n, T* out, const In*... in) {
  const size_t lanes = hn::Lanes(d);
  size_t i = 0;
  for (; n - i >= lanes; i += lanes) hn::StoreU(op(d, hn::LoadU(d, in + i)...), d, out + i);
  if (i < n) StoreRemainder(d, op(d, LoadRemainder(d, in + i, n - i)...), out + i, n - i);
}

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
