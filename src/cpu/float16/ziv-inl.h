// From an op of floats and one of doubles to a correctly rounded op of 16-bit numbers.

#if defined(ELU_SRC_CPU_FLOAT16_ZIV_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_FLOAT16_ZIV_INL_H_
#undef ELU_SRC_CPU_FLOAT16_ZIV_INL_H_
#else
#define ELU_SRC_CPU_FLOAT16_ZIV_INL_H_
#endif

#include <hwy/highway.h>

#include "src/cpu/careful/kernels-inl.h"
#include "src/cpu/float16/quick-inl.h"
#include "src/cpu/float16/storage-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

// Twice as many numbers in a vector as careful::Ziv has. Where a float lies so near a tie of the rounding that the
// error of FloatOp may hide its side, doubles redo its vector.
template <class Stored, class FloatOp, class DoubleOp>
struct ThroughFloat {
  FloatOp quick;
  careful::Ziv<Stored, DoubleOp> careful;

  template <class D, class... V>
  HWY_INLINE hn::VFromD<D> operator()(D d, V... stored) const {
    const auto first = Compute(Floats::First(d, stored)...), second = Compute(Floats::Second(d, stored)...);
    if (HWY_UNLIKELY(Floats::template NearTie<FloatOp::kWindow>(d, first, second))) return Redo(d, stored...);
    return Floats::FromFloats(d, first, second);
  }

 private:
  using Floats = InFloats<Stored>;

  template <class V, class... Factors>
  HWY_INLINE auto Compute(V x, Factors... factors) const {
    const hn::DFromV<V> d;
    const V value = quick(d, x, factors...);
    return MakeCandidate(value, quick.template Carry<Floats>(d, value, x, factors...));
  }

  // Apart from the loop, whose registers it would take.
  template <class D, class... V>
  HWY_NOINLINE hn::VFromD<D> Redo(D d, V... stored) const {
    return InParts(d, Lanes<Stored>(), careful, stored...);
  }
};

// The same for an op of one input whose floats round correctly, each of the 65,536: half_error_test runs them.
template <class Stored, class FloatOp>
struct AlwaysThroughFloat {
  FloatOp quick;

  template <class D, class V>
  HWY_INLINE V operator()(D d, V stored) const {
    return Floats::FromFloats(d, Compute(Floats::First(d, stored)), Compute(Floats::Second(d, stored)));
  }

 private:
  using Floats = InFloats<Stored>;

  template <class V>
  HWY_INLINE auto Compute(V x) const {
    const hn::DFromV<V> d;
    const V value = quick(d, x);
    if constexpr (FloatOp::kTies) {
      return MakeCandidate(value, Floats::CarriedIfExact(d, value));
    } else {
      return MakeCandidate(value, Floats::template Carried<0>(d, value));
    }
  }
};

// ELU with alpha = scale = input_scale = 1: x for x > -2^-12, where f(x) is closer to x than to any other number of the
// type, and e^x - 1 else. Max and Min choose as between integers: there the negative numbers, -0 first, follow the
// positive ones. No step is subnormal.
template <class Stored>
struct HalfElu {
  static constexpr uint16_t kTiny = Stored::kFormat.precision == kFloat16.precision ? 0x8c00 : 0xb980;  // -2^-12

  template <class D, class V>
  HWY_INLINE V operator()(D d, V x) const {
    const V below = AlwaysThroughFloat<Stored, HalfExpm1Op>()(d, hn::Max(x, hn::Set(d, kTiny)));
    return hn::Min(below, x);
  }
};

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
