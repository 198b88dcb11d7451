// How often the rounding test leaves a result in doubt, and how often the slow path with its exponential decides it:
// numbers from N(0, 1), best target. docs/numerics.md quotes what this prints.
#include "src/cpu/disabled-targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/cpu/float32/doubt_test.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "src/cpu/careful/ops-inl.h"
#include "src/cpu/float32/quick-inl.h"
#include "src/cpu/float32/ties.h"
#include "src/cpu/float32/ziv-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

// Adds what one op makes of n numbers, a multiple of every vector's length. `above` is what Quick takes besides.
template <class Quick, class Op, class... Above>
void CountDoubts(const Op& op, const double* x, size_t n, size_t* doubts, size_t* slow, Above... above) {
  const hn::ScalableTag<double> d;
  const Quick quick(op, above...);
  for (size_t i = 0; i < n; i += hn::Lanes(d)) {
    const auto v = hn::LoadU(d, x + i);
    const auto doubtful = float32::Doubtful<Quick>(d, quick.Approximate(d, v), v);
    *doubts += hn::CountTrue(d, doubtful);
    *slow += hn::CountTrue(d, hn::AndNot(op.Exact(d, v).where, doubtful));
  }
}

void CountForward(const double* x, size_t n, const Coefficients& c, size_t* doubts, size_t* slow) {
  const careful::ForwardOp op{c};
  if (float32::quick::UnitSlopeForwardOp::Takes(op))
    return CountDoubts<float32::quick::UnitSlopeForwardOp>(op, x, n, doubts, slow);
  if (const auto scale = FactorBesideTies(c.scale)) {
    return CountDoubts<float32::quick::ForwardBesideTiesOp>(op, x, n, doubts, slow, *scale);
  }
  CountDoubts<float32::quick::ForwardOp>(op, x, n, doubts, slow);
}

// As calls on few elements do.
void CountFew(const double* x, size_t n, const Coefficients& c, size_t* doubts, size_t* slow) {
  CountDoubts<float32::quick::ForwardOp>(careful::ForwardOp{c}, x, n, doubts, slow);
}

void CountDerivative(const double* x, size_t n, const Coefficients& c, size_t* doubts, size_t* slow) {
  CountDoubts<float32::quick::ExponentialOp>(careful::ExponentialOp{DerivativeOf(c)}, x, n, doubts, slow);
}

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "src/cpu/targets.h"
#include "tests/support/parameter_sets.h"

namespace elu::cpu {

ELU_EXPORT(CountForward);
ELU_EXPORT(CountFew);
ELU_EXPORT(CountDerivative);

namespace {

constexpr size_t kNumbers = 1 << 16, kRounds = 200;  // 13 million numbers

struct Counts {
  size_t forward = 0, forward_slow = 0, few = 0, few_slow = 0, derivative = 0, derivative_slow = 0;
};

void Count(const std::vector<double>& x, const elu_params& p, Counts& counts) {
  const Coefficients c = MakeCoefficients(p, kFloat32);
  ELU_DISPATCH(CountForward)(x.data(), x.size(), c, &counts.forward, &counts.forward_slow);
  ELU_DISPATCH(CountFew)(x.data(), x.size(), c, &counts.few, &counts.few_slow);
  ELU_DISPATCH(CountDerivative)(x.data(), x.size(), c, &counts.derivative, &counts.derivative_slow);
}

// Of each set, on the same numbers.
std::vector<Counts> CountAll(const std::vector<tests::ParameterSet>& sets) {
  std::mt19937 generator(1);
  std::normal_distribution<float> normal;
  std::vector<double> x(kNumbers);
  std::vector<Counts> counts(sets.size());
  for (size_t block = 0; block < kRounds; ++block) {
    for (double& v : x) v = static_cast<double>(normal(generator));
    for (size_t i = 0; i < sets.size(); ++i) Count(x, sets[i].params, counts[i]);
  }
  return counts;
}

TEST(Doubt, IsRareAndTheSlowPathRarer) {
  std::printf("per million numbers from N(0, 1): results in doubt, and of these decided by the slow path\n");
  std::printf("%-16s %12s %12s %12s %12s\n", "parameters", "forward", "slow", "derivative", "slow");
  std::vector<tests::ParameterSet> sets = tests::ProofSets();
  sets.push_back({"ELU(1)*1.5", {1, 1.5, 1}});
  const std::vector<Counts> counts_of_sets = CountAll(sets);
  for (size_t i = 0; i < sets.size(); ++i) {
    const tests::ParameterSet& set = sets[i];
    const Counts& counts = counts_of_sets[i];
    const auto rate = [](size_t count) { return static_cast<double>(count) * 1e6 / (kNumbers * kRounds); };
    std::printf("%-16s %12.1f %12.1f %12.1f %12.1f\n", set.name.c_str(), rate(counts.forward),
                rate(counts.forward_slow), rate(counts.derivative), rate(counts.derivative_slow));
    EXPECT_LT(rate(counts.forward), 50) << set.name;
    EXPECT_LT(rate(counts.few_slow), 50) << set.name;
    EXPECT_LT(rate(counts.derivative), 50) << set.name;
  }
  EXPECT_GT(counts_of_sets.back().few, kNumbers * kRounds / 10) << "products with 1.5 are ties that Settle must decide";
}

}  // namespace
}  // namespace elu::cpu
#endif  // HWY_ONCE
