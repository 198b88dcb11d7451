// factor * e^z by a table of factor * 2^(j/n), which the registers hold where vectors are long enough. Needs fused
// operations.

#if defined(ELU_SRC_CPU_MATH_POWER_TABLE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_MATH_POWER_TABLE_INL_H_
#undef ELU_SRC_CPU_MATH_POWER_TABLE_INL_H_
#else
#define ELU_SRC_CPU_MATH_POWER_TABLE_INL_H_
#endif

#include <hwy/highway.h>

#include <iterator>

#include "src/cpu/coefficients.h"
#include "src/cpu/math/arithmetic-inl.h"
#include "src/cpu/math/constants.h"
#include "src/cpu/math/double-double-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// factor * e^z = power * e^(r + rest), |r| <= ln(2)/2 / entries and |rest| < 2^-44 |z|; power is rounded to a double,
// and rest makes up for it.
template <class V>
struct TablePower {
  V power, r, rest;
};

// table[index] for indices below `entries`.
template <int entries, class D, class VI, class V = hn::VFromD<D>>
HWY_INLINE V Lookup(D d, const double* table, VI index) {
  if constexpr (hn::MaxLanes(D()) >= entries) {
    return hn::TableLookupLanes(hn::Load(d, table), hn::IndicesFromVec(d, index));
  } else {
    return hn::GatherIndex(d, table, index);
  }
}

template <class D>
class PowerTable {
  using V = hn::VFromD<D>;
  using Signed = hn::RebindToSigned<D>;
  static constexpr int kLog2Entries = hn::MaxLanes(D()) >= 8 ? 3 : 2;

 public:
  static constexpr int kEntries = 1 << kLog2Entries;

  // A factor that is not 0.
  PowerTable(D d, TwoDoubles factor) {
    for (int j = 0; j < kEntries; ++j) {
      power_[j] = kPowersOfTwo[j * (16 / kEntries)];
      rest_[j] = kPowersOfTwoLow[j * (8 / kEntries)];
    }
    const hn::Repartition<int64_t, D> di;
    for (int j = 0; j < kEntries; j += static_cast<int>(hn::Lanes(d))) {
      const DoubleDouble<V> power = {hn::Load(d, power_ + j), hn::Load(d, rest_ + j)};
      const DoubleDouble<V> v = Mul(power, SetPair(d, factor));
      // With j already subtracted from the exponent bits: At adds k = j + kEntries * e there, not kEntries * e alone.
      const auto index = hn::ShiftLeft<52 - kLog2Entries>(hn::Iota(di, j));
      hn::Store(hn::BitCast(d, hn::Sub(hn::BitCast(di, v.high), index)), d, power_ + j);
      hn::Store(hn::Div(v.low, v.high), d, rest_ + j);
    }
  }

  // For |z| < 2^14 the exponent of factor * e^z must be that of a normal double.
  HWY_INLINE TablePower<V> At(D d, V z) const {
    const Signed di;
    // r is exact: a multiple of the last bit of z or of kLn2.
    const auto [shifted, k, r] = Reduce(d, z, kLog2E * kEntries, kLn2<double> / kEntries, kRoundToInteger<double>);
    const auto bits = hn::BitCast(di, shifted);
    const auto index = hn::And(bits, hn::Set(di, kEntries - 1));
    const auto biased = hn::BitCast(di, Lookup<kEntries>(d, power_, index));
    return {hn::BitCast(d, hn::Add(biased, hn::ShiftLeft<52 - kLog2Entries>(bits))), r,
            hn::NegMulAdd(k, hn::Set(d, kLn2Low / kEntries), Lookup<kEntries>(d, rest_, index))};
  }

  // c in expm1(r) = r + r^2/2 + r^3 c(r).
  static HWY_INLINE V AfterSquare(D d, V r) {
    if constexpr (kEntries == 8) return Polynomial(d, r, kAfterSquareOf8);
    else return Polynomial(d, r, kAfterSquareOf4);
  }

 private:
  HWY_ALIGN double power_[kEntries];  // factor * 2^(j/entries), with j subtracted from its bits
  HWY_ALIGN double rest_[kEntries];   // what that lost, relative to it
};

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
