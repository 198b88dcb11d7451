#include "lab/results/statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <stdexcept>

namespace elu_lab {
namespace {

// Where t has a closed form: freedom 1 is Cauchy's distribution, freedom 2 has t = c / sqrt((1 - c^2) / 2).
TEST(StudentQuantile, ClosedForms) {
  for (const double confidence : {0.5, 0.9, 0.95, 0.99, 0.999}) {
    const double one = std::tan(std::numbers::pi / 2 * confidence);
    EXPECT_NEAR(StudentQuantile(1, confidence) / one, 1.0, 1e-12);
    const double two = confidence / std::sqrt((1 - confidence * confidence) / 2);
    EXPECT_NEAR(StudentQuantile(2, confidence) / two, 1.0, 1e-12);
  }
}

// mpmath, 50 digits: the root of 1 - betainc(n / 2, 1 / 2, 0, n / (n + t^2), regularized=True) - confidence.
TEST(StudentQuantile, KnownValues) {
  EXPECT_NEAR(StudentQuantile(4, 0.95) / 2.7764451051977944, 1.0, 1e-12);
  EXPECT_NEAR(StudentQuantile(9, 0.95) / 2.2621571627982055, 1.0, 1e-12);
  EXPECT_NEAR(StudentQuantile(30, 0.95) / 2.0422724563012383, 1.0, 1e-12);
  EXPECT_NEAR(StudentQuantile(101, 0.99) / 2.6253859646684412, 1.0, 1e-12);
}

TEST(StudentQuantile, Refuses) {
  EXPECT_THROW(StudentQuantile(0, 0.95), std::invalid_argument);
  EXPECT_THROW(StudentQuantile(4, 1.0), std::invalid_argument);
  EXPECT_THROW(StudentQuantile(4, std::nan("")), std::invalid_argument);
}

// 1 to 5: mean 3, s^2 = 2.5, so that s / sqrt(5) = sqrt(1 / 2).
TEST(MeanInterval, OneToFive) {
  const Interval interval = MeanInterval({1, 2, 3, 4, 5}, 0.95);
  EXPECT_DOUBLE_EQ(interval.mean, 3.0);
  EXPECT_NEAR(interval.high - 3.0, 2.7764451051977944 * std::sqrt(0.5), 1e-12);
  EXPECT_NEAR(3.0 - interval.low, interval.high - 3.0, 1e-12);
  EXPECT_THROW(MeanInterval({1}, 0.95), std::invalid_argument);
}

TEST(Quantile, OfFiniteNumbersInAnyOrder) {
  EXPECT_EQ(Quantile({4, 1, std::nan(""), 2, 3}, 0.5), 2.5);
  EXPECT_EQ(Quantile({4, 1, std::nan(""), 2, 3}, 0.25), 1.75);
  EXPECT_EQ(Quantile({5, 1, 9}, 0.5), 5.0);
  EXPECT_EQ(Quantile({7}, 0.25), 7.0);
  EXPECT_TRUE(std::isnan(Quantile({std::nan("")}, 0.5)));
}

// By hand for 5 of 5 pairs: p = 6/7, q = 1/7, difference 5/7, variance (1 - 25/49) / 7, z = 1.959963984540054.
TEST(PairedShares, FiveOfFive) {
  const Interval interval = PairedShares(5, 0, 5, 0.95);
  EXPECT_DOUBLE_EQ(interval.mean, 1.0);
  EXPECT_NEAR(interval.low, 5.0 / 7 - 1.959963984540054 * std::sqrt((1 - 25.0 / 49) / 7), 1e-12);
  EXPECT_EQ(interval.high, 1.0);
}

TEST(PairedShares, SwapsWithItsPairsAndNarrowsWithTheirNumber) {
  for (int n = 1; n <= 20; ++n) {
    for (int first = 0; first <= n; ++first) {
      const Interval one = PairedShares(first, n - first, n, 0.95), other = PairedShares(n - first, first, n, 0.95);
      EXPECT_NEAR(one.low, -other.high, 1e-15);
      EXPECT_LT(one.low, one.high);
      EXPECT_GE(one.low, -1.0);
      const Interval more = PairedShares(10 * first, 10 * (n - first), 10 * n, 0.95);
      EXPECT_LT(more.high - more.low, one.high - one.low);
    }
  }
}

}  // namespace
}  // namespace elu_lab
