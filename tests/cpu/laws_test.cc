// Laws that hold for every function on every target: a result depends on its input alone, not on where it stands.
#include <gtest/gtest.h>
#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>
#include <vector>

#include "bits.h"
#include "cpu/guarded.h"
#include "elu/elu.hpp"
#include "parameter_sets.h"

namespace elu::tests {
namespace {

// out = function(dy, x): functions of one array ignore dy.
using Call = void (*)(std::span<const float> dy, std::span<const float> x, std::span<float> out, Params p);

const struct { const char* name; Call call; } kCalls[] = {
    {"forward", [](auto, auto x, auto out, Params p) { forward(x, out, p); }},
    {"derivative", [](auto, auto x, auto out, Params p) { derivative(x, out, p); }},
    {"derivative_from_output", [](auto, auto x, auto out, Params p) { derivative_from_output(x, out, p); }},
    {"backward", [](auto dy, auto x, auto out, Params p) { backward(dy, x, out, p); }},
    {"backward_from_output", [](auto dy, auto x, auto out, Params p) { backward_from_output(dy, x, out, p); }},
    // alpha 1 has kernels of its own here
    {"plain derivative_from_output", [](auto, auto x, auto out, Params) { derivative_from_output(x, out); }},
    {"plain backward_from_output", [](auto dy, auto x, auto out, Params) { backward_from_output(dy, x, out); }},
};

// Ordinary numbers, all bit patterns, and numbers that the slow path must decide, mixed.
std::vector<float> Mixed(std::size_t n, unsigned seed) {
  std::mt19937 generator(seed);
  std::normal_distribution<float> normal;
  std::vector<float> x(n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto bits = static_cast<std::uint32_t>(generator());
    x[i] = i % 3 == 0 ? normal(generator) : FromBits(i % 3 == 1 ? bits : (bits & 0x803fffffU));
  }
  return x;
}

bool SameBytes(std::span<const float> a, std::span<const float> b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), Same);
}

class Laws : public testing::TestWithParam<std::string> {
 protected:
  WithTarget forced_{GetParam()};
  const Params params_{.alpha = 0.5};  // halves of odd subnormals are ties: the slow path runs
};

TEST_P(Laws, TheForcedTargetRuns) { EXPECT_EQ(GetParam(), elu_target()); }

TEST_P(Laws, OneByOneEqualsAllAtOnce) {
  const auto x = Mixed(1000, 1), dy = Mixed(1000, 2);
  for (const auto& [name, call] : kCalls) {
    std::vector<float> whole(x.size()), single(x.size());
    call(dy, x, whole, params_);
    for (std::size_t i = 0; i < x.size(); ++i) {
      call(std::span(&dy[i], 1), std::span(&x[i], 1), std::span(&single[i], 1), params_);
    }
    EXPECT_TRUE(SameBytes(whole, single)) << name;
  }
}

TEST_P(Laws, InPlaceEqualsOutOfPlace) {
  const auto x = Mixed(1001, 3), dy = Mixed(1001, 4);
  for (const auto& [name, call] : kCalls) {
    std::vector<float> apart(x.size()), over_x = x, over_dy = dy;
    call(dy, x, apart, params_);
    call(dy, over_x, over_x, params_);
    call(over_dy, x, over_dy, params_);
    EXPECT_TRUE(SameBytes(apart, over_x)) << name;
    EXPECT_TRUE(SameBytes(apart, over_dy)) << name;
  }
}

TEST_P(Laws, AnySplitEqualsTheWhole) {
  const auto x = Mixed(131, 5), dy = Mixed(131, 6);
  for (const auto& [name, call] : kCalls) {
    std::vector<float> whole(x.size()), parts(x.size());
    call(dy, x, whole, params_);
    for (std::size_t cut = 0; cut <= x.size(); ++cut) {
      call(std::span(dy).first(cut), std::span(x).first(cut), std::span(parts).first(cut), params_);
      call(std::span(dy).subspan(cut), std::span(x).subspan(cut), std::span(parts).subspan(cut), params_);
      ASSERT_TRUE(SameBytes(whole, parts)) << name << " cut at " << cut;
    }
  }
}

// Every offset to a 64-byte line in whole floats, every length to four vectors of 16 and one more; what stands
// beside the output stays.
TEST_P(Laws, OffsetAndLengthDoNotMatter) {
  constexpr std::size_t kOffsets = 16, kLengths = 66;
  constexpr float kCanary = 0x1.5a5a5ap+20F;
  const auto x = Mixed(kOffsets + kLengths, 7), dy = Mixed(kOffsets + kLengths, 8);
  for (const auto& [name, call] : kCalls) {
    std::vector<float> whole(x.size());
    call(dy, x, whole, params_);
    for (std::size_t offset = 0; offset < kOffsets; ++offset) {
      for (std::size_t length = 0; length < kLengths; ++length) {
        std::vector<float> out(x.size(), kCanary), expected(x.size(), kCanary);
        std::copy_n(whole.begin() + static_cast<std::ptrdiff_t>(offset), length,
                    expected.begin() + static_cast<std::ptrdiff_t>(offset));
        call(std::span(dy).subspan(offset, length), std::span(x).subspan(offset, length),
             std::span(out).subspan(offset, length), params_);
        ASSERT_TRUE(SameBytes(out, expected)) << name << " offset " << offset << " length " << length;
      }
    }
  }
}

TEST_P(Laws, NothingOutsideTheArraysIsTouched) {
  for (const bool at_end : {false, true}) {
    for (std::size_t n = 0; n <= 66; ++n) {
      Guarded x(n, at_end), dy(n, at_end), out(n, at_end);
      std::ranges::copy(Mixed(n, 9), x.Floats().begin());
      std::ranges::copy(Mixed(n, 10), dy.Floats().begin());
      for (const auto& [name, call] : kCalls) call(dy.Floats(), x.Floats(), out.Floats(), params_);
    }
  }
}

TEST_P(Laws, EveryTargetGivesTheBitsOfTheBest) {
  const auto x = Mixed(100'000, 11), dy = Mixed(100'000, 12);
  for (const Params& p : {Params{}, params_, selu(), celu(2), Params{.alpha = 1 + 0x3p-24}}) {
    for (const auto& [name, call] : kCalls) {
      std::vector<float> here(x.size()), best(x.size());
      call(dy, x, here, p);
      const WithTarget other(Targets().front());
      call(dy, x, best, p);
      EXPECT_TRUE(SameBytes(here, best)) << name << " alpha " << p.alpha;
    }
  }
}

#if defined(__SSE2__)
// Subnormal numbers as zeros, in and out, as audio hosts have it; for the life of the object.
class WithFlushToZero {
 public:
  WithFlushToZero() : before_(_mm_getcsr()) { _mm_setcsr(before_ | 0x8040U); }
  ~WithFlushToZero() { _mm_setcsr(before_); }

 private:
  unsigned before_;
};

float Flushed(float v) { return std::fpclassify(v) == FP_SUBNORMAL ? std::copysign(0.0F, v) : v; }

TEST_P(Laws, FlushToZeroFlushesAndKeepsAllOtherBits) {
  auto x = Mixed(100'000, 13), dy = Mixed(100'000, 14);
  for (const auto& [name, call] : kCalls) {
    std::vector<float> flushing(x.size()), expected(x.size());
    {
      const WithFlushToZero mode;
      call(dy, x, flushing, {.alpha = 0.7});
    }
    std::vector<float> x_in = x, dy_in = dy;
    std::ranges::transform(x_in, x_in.begin(), Flushed);
    std::ranges::transform(dy_in, dy_in.begin(), Flushed);
    call(dy_in, x_in, expected, {.alpha = 0.7});
    std::ranges::transform(expected, expected.begin(), Flushed);
    EXPECT_TRUE(SameBytes(flushing, expected)) << name;
  }
}
#endif

INSTANTIATE_TEST_SUITE_P(Targets, Laws, testing::ValuesIn(Targets()), [](const auto& info) { return info.param; });

}  // namespace
}  // namespace elu::tests
