// Laws that hold for every function, number type and accuracy on every target: a result depends on its inputs alone,
// not on where they stand.
#include <gtest/gtest.h>
#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "elu/elu.hpp"
#include "src/functions.h"
#include "tests/cpu/guarded.h"
#include "tests/support/bits.h"
#include "tests/support/laws.h"
#include "tests/support/number_types.h"

namespace elu::tests {
namespace {

class Laws : public testing::TestWithParam<std::string> {
 protected:
  WithTarget forced_{GetParam()};
};

TEST_P(Laws, TheForcedTargetRuns) { EXPECT_EQ(GetParam(), elu_target()); }

TEST_P(Laws, OneByOneEqualsAllAtOnce) {
  ForEachLaw([]<class Type>(const Law<Type>& law) {
    const Data<Type> data(1000);
    std::vector<typename Type::T> single(1000);
    for (std::size_t i = 0; i < single.size(); ++i) data.Run(law, i, 1, single);
    EXPECT_TRUE(Type::Same(data.Whole(law), single)) << law.Name();
  });
}

TEST_P(Laws, InPlaceEqualsOutOfPlace) {
  ForEachLaw([]<class Type>(const Law<Type>& law) {
    const Data<Type> data(1001);
    const auto apart = data.Whole(law);
    Data<Type> over = data;
    law(data.ddx, data.dy, over.x, over.x);
    EXPECT_TRUE(Type::Same(apart, over.x)) << law.Name();
    if (law.function.inputs >= 2) {
      law(data.ddx, over.dy, data.x, over.dy);
      EXPECT_TRUE(Type::Same(apart, over.dy)) << law.Name();
    }
    if (law.function.inputs >= 3) {
      law(over.ddx, data.dy, data.x, over.ddx);
      EXPECT_TRUE(Type::Same(apart, over.ddx)) << law.Name();
    }
  });
}

TEST_P(Laws, AnySplitEqualsTheWhole) {
  ForEachLaw([]<class Type>(const Law<Type>& law) {
    const Data<Type> data(131);
    const auto whole = data.Whole(law);
    std::vector<typename Type::T> parts(whole.size());
    for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
      data.Run(law, 0, cut, parts);
      data.Run(law, cut, whole.size() - cut, parts);
      ASSERT_TRUE(Type::Same(whole, parts)) << law.Name() << " cut at " << cut;
    }
  });
}

// Every offset to a 64-byte line in whole elements, every length to four vectors of 64 bytes and one more; what stands
// beside the output stays.
TEST_P(Laws, OffsetAndLengthDoNotMatter) {
  ForEachLaw([]<class Type>(const Law<Type>& law) {
    using T = typename Type::T;
    constexpr std::size_t kOffsets = 64 / sizeof(T), kLengths = 4 * kOffsets + 2;
    const T canary = Type::FromDouble(0x1.58p+9);
    const Data<Type> data(kOffsets + kLengths);
    const auto whole = data.Whole(law);
    std::vector<T> out(whole.size()), expected(whole.size());
    for (std::size_t offset = 0; offset < kOffsets; ++offset) {
      for (std::size_t length = 0; length < kLengths; ++length) {
        std::ranges::fill(out, canary);
        std::ranges::fill(expected, canary);
        const auto begin = whole.begin() + static_cast<std::ptrdiff_t>(offset);
        std::copy_n(begin, length, expected.begin() + static_cast<std::ptrdiff_t>(offset));
        data.Run(law, offset, length, out);
        ASSERT_TRUE(Type::Same(out, expected)) << law.Name() << " offset " << offset << " length " << length;
      }
    }
  });
}

TEST_P(Laws, NothingOutsideTheArraysIsTouched) {
  ForEachType([]<class Type>(Type type) {
    using T = typename Type::T;
    for (const bool at_end : {false, true}) {
      for (std::size_t n = 0; n <= 4 * 64 / sizeof(T) + 1; ++n) {
        Guarded<T> ddx(n, at_end), dy(n, at_end), x(n, at_end), out(n, at_end);
        std::ranges::copy(Type::Mixed(n, 4), ddx.Elements().begin());
        std::ranges::copy(Type::Mixed(n, 5), dy.Elements().begin());
        std::ranges::copy(Type::Mixed(n, 6), x.Elements().begin());
        for (const Function& function : kFunctions) {
          for (const elu_accuracy accuracy : {ELU_ACCURATE, ELU_FAST}) {
            Law<Type>{function, type, accuracy}(ddx.Elements(), dy.Elements(), x.Elements(), out.Elements());
          }
        }
      }
    }
  });
}

// Results that need not stay in the cache go past it, in full vectors from an aligned element on. At the smaller alpha
// 16-bit numbers are computed in doubles.
TEST_P(Laws, LargeArraysEqualTheirParts) {
  ForEachType([]<class Type>(Type type) {
    using T = typename Type::T;
    constexpr std::size_t kPart = 4096, kOffset = 64 / sizeof(T) + 1, n = (std::size_t{1} << 24) / sizeof(T) + 3;
    const T canary = Type::FromDouble(0x1.58p+9);
    const Data<Type> part(kPart);
    std::vector<T> x(n), out(n + 2 * kOffset), expected(out.size(), canary);
    for (std::size_t i = 0; i < n; ++i) x[i] = part.x[i % kPart];
    for (const double alpha : {0.5, 0x1p-20}) {
      for (const elu_accuracy accuracy : {ELU_ACCURATE, ELU_FAST}) {
        const Law<Type> law{FindFunction("forward"), type, accuracy, {alpha, 1, 1}};
        const auto whole = part.Whole(law);
        for (std::size_t i = 0; i < n; ++i) expected[kOffset + i] = whole[i % kPart];
        std::ranges::fill(out, canary);
        law(x, x, x, std::span(out).subspan(kOffset, n));
        ASSERT_TRUE(Type::Same(out, expected)) << law.Name() << " alpha " << alpha;
      }
    }
  });
}

TEST_P(Laws, EveryTargetGivesTheBitsOfTheBest) {
  ForEachLaw([]<class Type>(Law<Type> law) {
    if (law.accuracy == ELU_FAST || std::string(law.type.name) == "f64") return;  // not promised
    const Data<Type> data(30'000);
    for (const Params& p : {Params{}, Params{0.5}, selu(), celu(2), Params{.alpha = 1 + 0x3p-24}}) {
      law.params = detail::ToC(p);
      const auto here = data.Whole(law);
      const WithTarget other(Targets().front());
      EXPECT_TRUE(Type::Same(here, data.Whole(law))) << law.Name() << " alpha " << p.alpha;
    }
  });
}

// ELU_FAST means something for f32 only, and not for gradients from the output.
TEST_P(Laws, FastIsAccurateForOtherTypes) {
  ForEachLaw([]<class Type>(Law<Type> law) {
    if (std::string(law.type.name) == "f32" && !law.function.from_output) return;
    const Data<Type> data(10'000);
    law.accuracy = ELU_ACCURATE;
    const auto accurate = data.Whole(law);
    law.accuracy = ELU_FAST;
    EXPECT_TRUE(Type::Same(accurate, data.Whole(law))) << law.Name();
  });
}

#if defined(__SSE2__) || defined(__aarch64__)
#if defined(__SSE2__)
using Modes = unsigned;
constexpr Modes kFlush = 0x8040;  // results to zero, inputs as zeros
Modes GetModes() { return _mm_getcsr(); }
void SetModes(Modes modes) { _mm_setcsr(modes); }
#else
using Modes = std::uint64_t;
constexpr Modes kFlush = 1 << 24;  // FZ, both of that; binary16 would have a bit of its own
Modes GetModes() {
  Modes modes = 0;
  __asm__ volatile("mrs %0, fpcr" : "=r"(modes));
  return modes;
}
void SetModes(Modes modes) { __asm__ volatile("msr fpcr, %0" : : "r"(modes) : "memory"); }
#endif

// Subnormal numbers as zeros, in and out, as audio hosts have it; for the life of the object.
class WithFlushToZero {
 public:
  WithFlushToZero() : before_(GetModes()) { SetModes(before_ | kFlush); }
  ~WithFlushToZero() { SetModes(before_); }

 private:
  Modes before_;
};

// Subnormal numbers of binary16 are normal numbers of float: they stay.
template <class Type>
void Flush(const Type& type, std::vector<typename Type::T>& values) {
  if (std::string(type.name) == "f16") return;
  for (auto& v : values) {
    const double value = Type::ToDouble(v);
    if (std::fabs(value) < type.smallest_normal) v = Type::FromDouble(std::copysign(0.0, value));
  }
}

// What fast gives: no subnormal number, and what is expected but for its error bound, or for being flushed itself.
template <class Type>
bool FlushedAndClose(const std::vector<typename Type::T>& flushing, const std::vector<typename Type::T>& expected) {
  constexpr double kTwoUlps = 0x1p-22, kSmallestNormal = 0x1p-126;
  for (size_t i = 0; i < expected.size(); ++i) {
    const double value = Type::ToDouble(flushing[i]), exact = Type::ToDouble(expected[i]);
    if (value != 0.0 && std::fabs(value) < kSmallestNormal) return false;
    const double flushed = value == 0.0 || exact == 0.0 ? kSmallestNormal : 0.0;
    if (std::isfinite(exact) && !(std::fabs(value - exact) <= kTwoUlps * std::fabs(exact) + flushed)) return false;
  }
  return true;
}

TEST_P(Laws, FlushToZeroFlushesAndKeepsAllOtherBits) {
  ForEachLaw([]<class Type>(Law<Type> law) {
    for (const double alpha : {0.7, 1.0}) {
      law.params.alpha = alpha;
      Data<Type> data(30'000);
      std::vector<typename Type::T> flushing(data.x.size());
      {
        const WithFlushToZero mode;
        data.Run(law, 0, flushing.size(), flushing);
      }
      for (auto* values : {&data.ddx, &data.dy, &data.x}) Flush(law.type, *values);
      auto expected = data.Whole(law);
      Flush(law.type, expected);
      const bool in_floats = law.accuracy == ELU_FAST && std::string(law.type.name) == "f32";
      EXPECT_TRUE(in_floats ? FlushedAndClose<Type>(flushing, expected) : Type::Same(flushing, expected))
          << law.Name() << " alpha " << alpha;
    }
  });
}
#endif

INSTANTIATE_TEST_SUITE_P(Targets, Laws, testing::ValuesIn(Targets()), [](const auto& info) { return info.param; });

}  // namespace
}  // namespace elu::tests
