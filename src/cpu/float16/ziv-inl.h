// From a quick op of floats and a careful op of doubles to a correctly rounded op of 16-bit numbers.

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
namespace elu::cpu::HWY_NAMESPACE::float16 {

// Twice as many numbers in a vector as careful::Ziv has. Where a float lies so near a tie of the rounding that the
// error of Quick may hide its side, CarefulOp redoes its vector.
template <class Stored, class Quick, class CarefulOp>
class Ziv {
 public:
  Ziv(const Quick& quick, const CarefulOp& careful) : quick_(quick), careful_{careful} {}

  template <class D, class... V>
  HWY_INLINE hn::VFromD<D> operator()(D d, V... stored) const {
    const auto first = Compute(Floats::First(d, stored)...), second = Compute(Floats::Second(d, stored)...);
    if (HWY_UNLIKELY(Floats::template NearTie<Quick::kWindow>(d, first, second))) return Redo(d, stored...);
    return Floats::FromFloats(d, first, second);
  }

 private:
  using Floats = InFloats<Stored>;

  template <class V, class... Factors>
  HWY_INLINE auto Compute(V x, Factors... factors) const {
    const hn::DFromV<V> d;
    const V value = quick_(d, x, factors...);
    return MakeCandidate(value, quick_.template Carry<Floats>(d, value, x, factors...));
  }

  // Apart from the loop, whose registers it would take.
  template <class D, class... V>
  HWY_NOINLINE hn::VFromD<D> Redo(D d, V... stored) const {
    return InParts(d, Lanes<Stored>(), careful_, stored...);
  }

  Quick quick_;
  careful::Ziv<Stored, CarefulOp> careful_;
};

// The same for an op of one input whose floats round correctly, each of the 65,536: float16_error_test runs them.
template <class Stored, class Quick>
struct NeverInDoubt {
  Quick quick;

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
    if constexpr (Quick::kTies) {
      return MakeCandidate(value, Floats::CarriedIfExact(d, value));
    } else {
      return MakeCandidate(value, Floats::template Carried<0>(d, value));
    }
  }
};

// ELU with alpha = scale = input_scale = 1: x for x > -2^-12, where f(x) is closer to x than to any other number of the
// type, and e^x - 1 else. Max and Min compare the bits as unsigned integers. In their order the negative numbers follow
// the positive ones, and the larger magnitude follows the smaller:
//     +0 ... +infinity, +NaN, -0 ... -2^-12 ... -infinity, -NaN
// So Max(x, -2^-12) is what e^x - 1 is needed for, and Min takes x where x comes first. No step is subnormal.
template <class Stored>
struct UnitForwardOp {
  static constexpr uint16_t kTiny = Stored::kFormat.precision == kFloat16.precision ? 0x8c00 : 0xb980;  // -2^-12

  template <class D, class V>
  HWY_INLINE V operator()(D d, V x) const {
    const V below = NeverInDoubt<Stored, quick::Expm1Op>()(d, hn::Max(x, hn::Set(d, kTiny)));
    return hn::Min(below, x);
  }
};

}  // namespace elu::cpu::HWY_NAMESPACE::float16
HWY_AFTER_NAMESPACE();

#endif  // include guard
