// The reference against its own last stage: whatever double or two doubles decide, MPFR must decide the same.
#include "src/reference/reference.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <random>
#include <string>

#include "src/reference/exact.h"
#include "src/reference/format.h"
#include "tests/support/parameter_sets.h"
#include "tests/support/thorough.h"

namespace elu::tests {
namespace {

using reference::Format;
using reference::Inputs;
using reference::Value;

const reference::Function kForward = reference::Find("forward"), kBackward = reference::Find("backward");
const reference::Function kBackwardFromOutput = reference::Find("backward-from-output");
const reference::Function kDoubleBackward = reference::Find("double-backward");

std::vector<ParameterSet> AllSets() {
  std::vector<ParameterSet> sets = ProofSets();
  for (const ParameterSet& set : EdgeSets()) sets.push_back(set);
  return sets;
}

// Finite numbers of a format, of all magnitudes and both signs, none of them 0.
template <class F>
double Draw(std::mt19937_64& generator) {
  for (;;) {
    const auto bits = generator();
    double v = std::bit_cast<double>(bits);
    if constexpr (F::kNarrow) {
      const double fraction = 1.0 + static_cast<double>(bits >> 12) * 0x1p-52;
      const int span = std::ilogb(F::kLargest) - F::Unit(0.0) + 1;
      v = F::Round(std::scalbn(fraction, F::Unit(0.0) + static_cast<int>(generator() % static_cast<unsigned>(span))));
      if (generator() % 2 == 0) v = -v;
    }
    if (std::isfinite(v) && v != 0.0) return v;
  }
}

template <class F>
Value ByMpfr(const reference::Scaled& v) {
  return *reference::Decide<F>(v, 0.0);
}

void ExpectSame(const Value& early, const Value& late, const std::string& where) {
  ASSERT_EQ(std::bit_cast<std::uint64_t>(early.rounded), std::bit_cast<std::uint64_t>(late.rounded)) << where;
  ASSERT_NEAR(early.rest, late.rest, 0x1p-10) << where;
}

template <class F>
struct Case {
  static constexpr Format format = F::kLargest == reference::Float32::kLargest   ? Format::float32
                                   : F::kLargest == reference::Float64::kLargest ? Format::float64
                                   : F::kLargest == reference::Float16::kLargest ? Format::float16
                                                                                 : Format::bfloat16;
};

template <class F>
class EveryFormat : public testing::Test {};
using Formats = testing::Types<reference::Float32, reference::Float64, reference::Float16, reference::BFloat16>;
TYPED_TEST_SUITE(EveryFormat, Formats);

// x near zero, in the middle or saturated, where the stages take turns; all magnitudes otherwise.
template <class F>
double DrawNegative(std::mt19937_64& generator, double input_scale) {
  if (generator() % 2 == 0) return -std::fabs(Draw<F>(generator));
  const double fraction = 1.0 + static_cast<double>(generator() >> 12) * 0x1p-52;
  double x = std::ldexp(fraction, static_cast<int>(generator() % 64) - 50);
  if (generator() % 2 == 0) x = std::fmod(x, 64.0);
  x = -x / input_scale;
  if constexpr (F::kNarrow) x = F::Round(x);
  return std::isfinite(x) && x != 0.0 ? x : -1.0;
}

TYPED_TEST(EveryFormat, EarlyStagesAgreeWithMpfr) {
  using F = TypeParam;
  constexpr Format format = Case<F>::format;
  std::mt19937_64 generator(1);
  const int samples = Thorough() ? 3000 : 1000;  // of each parameter set
  for (const auto& [name, p] : AllSets()) {
    if (p.scale == 0 || p.alpha == 0) continue;
    for (int i = 0; i < samples; ++i) {
      const double x = DrawNegative<F>(generator, p.input_scale), dy = Draw<F>(generator), ddx = Draw<F>(generator);
      const std::string where = name + " at " + std::to_string(x) + ", number " + std::to_string(i);
      const auto slope = [&, &p = p](double again, double second) {
        return reference::exact::SlopeBelowZero(x, p.input_scale, {p.scale, p.alpha, p.input_scale, again, dy, second});
      };
      ExpectSame(kForward(format, {x}, p), ByMpfr<F>(reference::exact::BelowZero(x, p)), where);
      ExpectSame(kBackward(format, {x, dy}, p), ByMpfr<F>(slope(1, 1)), where);
      ExpectSame(kDoubleBackward(format, {x, dy, ddx}, p), ByMpfr<F>(slope(p.input_scale, ddx)), where);
      ExpectSame(kForward(format, {-x}, p), ByMpfr<F>(reference::exact::Product({p.scale, -x, 1, 1, 1, 1})), where);
      const double y = kForward(format, {x}, p).rounded;
      if (!OutputTellsBranch(p) || y <= kForward(format, {-HUGE_VAL}, p).rounded) continue;
      ExpectSame(kBackwardFromOutput(format, {y, dy}, p), ByMpfr<F>(reference::exact::SlopeFromOutput(dy, y, p)),
                 where);
    }
  }
}

// Where f(x) / x can be written down: at alpha 0.5 and x = -(2k + 1) units the product is a tie, and f lies below it.
TYPED_TEST(EveryFormat, TiesGoTowardZero) {
  const double unit = std::ldexp(1.0, TypeParam::Unit(0.0));
  for (int odd = 1; odd < 256; odd += 2) {
    const Value f = kForward(Case<TypeParam>::format, {-odd * unit}, {0.5, 1, 1});
    EXPECT_EQ(f.rounded, -(odd / 2) * unit);
    EXPECT_NEAR(f.rest, -0.5, 0x1p-10);
  }
}

// A tie in two doubles, 1 + 2^-53 (1 + ...) and 1 + 3 * 2^-53: scale * alpha exactly, which f(x) stays below.
TEST(Reference, LimitsThatAreTiesOfFloat64) {
  const double third = 0x1p27 + 1, p27 = (0x1p54 - 1) / third;  // (2^27 + 1) (2^27 - 1) = 2^54 - 1
  const double alpha = std::ldexp(third, -27), scale = std::ldexp(p27, -27);
  const Value limit = kForward(Format::float64, {-HUGE_VAL}, {alpha, scale, 1});
  EXPECT_EQ(limit.rounded, -1.0);  // the tie 1 - 2^-54 goes to even
  const Value below = kForward(Format::float64, {-1e6}, {alpha, scale, 1});
  EXPECT_EQ(below.rounded, -1.0 + 0x1p-53);
  EXPECT_NEAR(below.rest, -0.5, 0x1p-10);
}

TEST(Reference, MeasuresErrors) {
  const Value third = {1.0, 0.25};  // 1 + 2^-25
  EXPECT_EQ(reference::ErrorInUlps(Format::float32, 1.0, third), 0.25);
  EXPECT_EQ(reference::ErrorInUlps(Format::float32, 1.0 + 0x1p-23, third), 0.75);
  EXPECT_EQ(reference::ErrorInUlps(Format::float64, 0x3p-1074, {0x1p-1074, -0.5}), 2.5);
  EXPECT_EQ(reference::ErrorInUlps(Format::float16, 0x1p-24, {0.0, 0.25}), 0.75);
  EXPECT_EQ(reference::ErrorInUlps(Format::bfloat16, NAN, {NAN, 0.0}), 0.0);
  EXPECT_EQ(reference::ErrorInUlps(Format::float32, HUGE_VAL, {HUGE_VAL, 0.0}), 0.0);
  EXPECT_EQ(reference::ErrorInUlps(Format::float32, -HUGE_VAL, {HUGE_VAL, 0.0}), HUGE_VAL);
  EXPECT_EQ(reference::ErrorInUlps(Format::float32, 1.0, {NAN, 0.0}), HUGE_VAL);
  EXPECT_EQ(reference::ErrorInUlps(Format::float64, 0.0, {-0.0, 0.0}), HUGE_VAL);
  EXPECT_EQ(reference::ErrorInUlps(Format::float64, -0.0, {-0.0, -0.25}), 0.25);
}

// IEEE products of factors that no double holds: 1e300 * 1e300 * 0 is 0, infinity * 0 is NaN.
TEST(Reference, SpecialProducts) {
  const elu_params p = {1, 1, 1};
  EXPECT_EQ(kDoubleBackward(Format::float64, {2, 1e300, 1e300}, p).rounded, 0.0);
  EXPECT_TRUE(std::signbit(kDoubleBackward(Format::float64, {2, 1e300, -1e300}, p).rounded));
  EXPECT_TRUE(std::isnan(kDoubleBackward(Format::float64, {2, HUGE_VAL, 1}, p).rounded));
  EXPECT_TRUE(std::isnan(kDoubleBackward(Format::float64, {-1, HUGE_VAL, 0}, p).rounded));
  EXPECT_EQ(kDoubleBackward(Format::float64, {-1e300, -1, HUGE_VAL}, p).rounded, -HUGE_VAL);
  // -1400 + 2 ln 1e300 = -18.4489...
  EXPECT_NEAR(kDoubleBackward(Format::float64, {-1400, 1e300, 1e300}, p).rounded, 9.72132e-9, 1e-14);
}

TEST(Reference, CountsMpfrCalls) {
  const std::size_t before = reference::MpfrCalls();
  kForward(Format::float32, {-1}, {1, 1, 1});
  EXPECT_EQ(reference::MpfrCalls(), before);
  reference::exact::BelowZero(-1, {1, 1, 1});
  EXPECT_EQ(reference::MpfrCalls(), before + 1);
}

}  // namespace
}  // namespace elu::tests
