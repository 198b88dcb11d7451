// Products of floats with factors that meet ties, every significand, against the exact product rounded once.
#include "src/cpu/float32/ties.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <random>

namespace elu::cpu {
namespace {

// factor * x rounded to float from two exact parts: the first is made odd where anything follows.
float Exact(double factor, float x) {
  const double high = factor * static_cast<double>(x), low = std::fma(factor, static_cast<double>(x), -high);
  auto bits = std::bit_cast<std::uint64_t>(high);
  if (low != 0.0 && (bits & 1) == 0) bits = std::signbit(low) == std::signbit(high) ? bits + 1 : bits - 1;
  return static_cast<float>(std::bit_cast<double>(bits));
}

// How many floats of one exponent `by` misrounds in place of `factor`.
int Misrounded(double factor, double by, int exponent) {
  int count = 0;
  const float first = std::ldexp(1.0F, exponent), end = std::ldexp(1.0F, exponent + 1);
  for (float x = first; x < end; x = std::bit_cast<float>(std::bit_cast<std::uint32_t>(x) + 1)) {
    if (static_cast<float>(by * static_cast<double>(x)) != Exact(factor, x)) ++count;
  }
  return count;
}

// The exponents of x do not matter to the significand of a normal product: one is run.
void ExpectRight(double factor) {
  const auto beside = FactorBesideTies(factor);
  ASSERT_TRUE(beside) << std::hexfloat << factor;
  EXPECT_TRUE(*beside == factor || *beside == std::nextafter(factor, HUGE_VAL) ||
              *beside == std::nextafter(factor, -HUGE_VAL));
  EXPECT_EQ(Misrounded(factor, *beside, 0), 0) << std::hexfloat << factor;
}

TEST(Ties, AProductBesideThemIsTheExactOneRoundedOnce) {
  for (const double factor : {1.05, 1.1, 1.3, 1.5, -1.3, 0.7, 1.0 / 3.0, 5.0 / 7.0, 1.5 + 0x1p-52, 1.5 - 0x1p-52}) {
    ExpectRight(factor);
  }
}

TEST(Ties, RatiosOfSmallIntegersAndTheirNeighboursAreRight) {
  std::mt19937 random(1);
  for (int i = 0; i < 10; ++i) {
    const int denominator = std::uniform_int_distribution(3, 500)(random);
    const int numerator = denominator + std::uniform_int_distribution(1, denominator - 1)(random);
    const double ratio = static_cast<double>(numerator) / denominator;
    for (const double factor : {ratio, std::nextafter(ratio, 0.0), std::nextafter(ratio, 2.0)}) ExpectRight(factor);
  }
}

TEST(Ties, SubnormalResultsAndThoseThatOverflowAreRight) {
  for (const double factor : {1.05, 1.5, 5.0 / 7.0}) {
    for (const double power : {0x1p-100, 0x1p+100}) {
      const double scaled = factor * power, beside = FactorBesideTies(scaled).value();
      for (const int exponent : {-50, -40, -27, 27}) EXPECT_EQ(Misrounded(scaled, beside, exponent), 0) << scaled;
    }
  }
}

TEST(Ties, TheFactorItselfWouldNotDo) { EXPECT_GT(Misrounded(1.05, 1.05, 0), 100'000); }

TEST(Ties, WhereTheyAreRareNothingIsGiven) {
  for (const double factor : {1.0, -2.0, 0x1p-100, 0.0, 1.0507009873554804934, 3.141592653589793}) {
    EXPECT_FALSE(FactorBesideTies(factor)) << factor;
  }
}

}  // namespace
}  // namespace elu::cpu
