// The reference against its own last stage: whatever double or two doubles decide, MPFR must decide the same.
#include "reference/reference.h"

#include <gtest/gtest.h>

#include <random>

#include "bits.h"
#include "parameter_sets.h"
#include "reference/exact.h"

namespace elu::tests {
namespace {

// Numbers of all magnitudes with x < 0, half of them near zero or saturated, where the early stages cut corners.
float Negative(std::mt19937& generator) {
  return FromBits((static_cast<std::uint32_t>(generator()) & 0x7fffffffU) % 0x7f800000U | 0x80000000U);
}

TEST(Reference, EarlyStagesAgreeWithMpfr) {
  std::vector<ParameterSet> sets = ProofSets();
  for (const ParameterSet& set : EdgeSets()) sets.push_back(set);
  std::mt19937 generator(1);
  for (const ParameterSet& set : sets) {
    if (set.params.scale == 0 || set.params.alpha == 0) continue;
    for (int i = 0; i < 5000; ++i) {
      const float x = Negative(generator);
      float dy = FromBits(static_cast<std::uint32_t>(generator()));
      if (!std::isfinite(dy) || dy == 0) dy = 1;
      ASSERT_TRUE(Same(reference::Forward(x, set.params), reference::exact::BelowZero(x, set.params)))
          << set.name << " at " << Show(x);
      ASSERT_TRUE(Same(reference::Backward(dy, x, set.params), reference::exact::SlopeBelowZero(dy, x, set.params)))
          << set.name << " at " << Show(x) << " " << Show(dy);
    }
  }
}

// The second stage must not decide what only the third can.
TEST(Reference, PairsKnowTheirError) {
  EXPECT_EQ(reference::Forward(-0x1.dc631ep-38F, {0x1.012a6e742c494p+0, 0x1.012a6e53d13a2p+0, 1}),
            reference::exact::BelowZero(-0x1.dc631ep-38F, {0x1.012a6e742c494p+0, 0x1.012a6e53d13a2p+0, 1}));
}

// Where f(x) / x can be written down: at alpha 0.5 and x = -2^-149 (2k + 1) the product is a tie, and f lies below it.
TEST(Reference, TiesGoTowardZero) {
  const elu_params half = {0.5, 1, 1};
  for (std::uint32_t rank = 1; rank < 4000; rank += 2) {
    EXPECT_EQ(Bits(reference::Forward(FromBits(rank | 0x80000000U), half)), (rank / 2) | 0x80000000U);
  }
}

TEST(Reference, CountsMpfrCalls) {
  const std::size_t before = reference::MpfrCalls();
  reference::Forward(-1, {1, 1, 1});
  EXPECT_EQ(reference::MpfrCalls(), before);
  reference::Forward(-0x1p-30F, {1 + 0x3p-24, 1, 1});
  reference::exact::BelowZero(-1, {1, 1, 1});
  EXPECT_GT(reference::MpfrCalls(), before);
}

}  // namespace
}  // namespace elu::tests
