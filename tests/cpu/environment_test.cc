// The floating-point environment: no mode of the caller but flush-to-zero, which laws_test has, changes a result, and a
// call changes no mode and clears no flag of the caller's.
#include <gtest/gtest.h>
#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

#include <cfenv>
#include <cstring>
#include <string>
#include <vector>

#include "elu/elu.hpp"
#include "tests/support/bits.h"
#include "tests/support/laws.h"

namespace elu::tests {
namespace {

constexpr int kRoundings[] = {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};

class WithRounding {
 public:
  explicit WithRounding(int rounding) : before_(std::fegetround()) { std::fesetround(rounding); }
  ~WithRounding() { std::fesetround(before_); }

 private:
  int before_;
};

class Environments : public testing::TestWithParam<std::string> {
 protected:
  WithTarget forced_{GetParam()};
};

TEST_P(Environments, RoundingModesChangeNoResult) {
  ForEachLaw([]<class Type>(Law<Type> law) {
    const Data<Type> data(3000);
    for (const Params& p : {Params{}, Params{0.7}, selu(), celu(3)}) {
      law.params = detail::ToC(p);
      const auto nearest = data.Whole(law);
      for (const int rounding : kRoundings) {
        std::vector<typename Type::T> out(nearest.size());
        {
          const WithRounding mode(rounding);
          data.Run(law, 0, out.size(), out);
          ASSERT_EQ(std::fegetround(), rounding);
        }
        EXPECT_TRUE(Type::Same(nearest, out)) << law.Name() << " alpha " << p.alpha << " rounding " << rounding;
      }
    }
  });
}

TEST(Environment, RoundingModesChangeNoStatistics) {
  const elu_params p = detail::ToC(selu());
  elu_moments nearest, moments;
  double gain_nearest = 0, gain = 0;
  ASSERT_EQ(elu_moments_of_normal(-0.3, 1.7, &p, &nearest), ELU_OK);
  ASSERT_EQ(elu_initialisation_gain(&p, &gain_nearest), ELU_OK);
  for (const int rounding : kRoundings) {
    {
      const WithRounding mode(rounding);
      elu_moments_of_normal(-0.3, 1.7, &p, &moments);
      elu_initialisation_gain(&p, &gain);
    }
    EXPECT_EQ(std::memcmp(&moments, &nearest, sizeof moments), 0) << rounding;
    EXPECT_EQ(gain, gain_nearest) << rounding;
  }
}

TEST_P(Environments, RaisedFlagsStayRaised) {
  ForEachLaw([]<class Type>(const Law<Type>& law) {
    const Data<Type> data(100);
    std::feraiseexcept(FE_ALL_EXCEPT);
    data.Whole(law);
    EXPECT_EQ(std::fetestexcept(FE_ALL_EXCEPT), FE_ALL_EXCEPT) << law.Name();
    std::feclearexcept(FE_ALL_EXCEPT);
  });
}

#if defined(__SSE2__)
constexpr unsigned kFlags = 0x3f;

// What the processor's register of modes and flags holds, for the life of the object.
class WithRegister {
 public:
  explicit WithRegister(unsigned value) : before_(_mm_getcsr()) { _mm_setcsr(value); }
  ~WithRegister() { _mm_setcsr(before_); }

 private:
  unsigned before_;
};

// With traps for everything that can be trapped, as debuggers of numerical programs set them.
TEST_P(Environments, NoTrapSpringsAndModesStay) {
  constexpr unsigned kNoTraps = 0x1f80, kFlushing = 0x8040, kRounding = 0x2000;
  ForEachLaw([]<class Type>(const Law<Type>& law) {
    const Data<Type> data(1000);
    std::vector<typename Type::T> out(1000);
    for (unsigned rounding = 0; rounding < 4 * kRounding; rounding += kRounding) {
      for (const unsigned others : {0U, kNoTraps, kFlushing, kNoTraps | kFlushing}) {
        unsigned after = 0;
        {
          const WithRegister modes(rounding | others);
          data.Run(law, 0, out.size(), out);
          after = _mm_getcsr();
        }
        ASSERT_EQ(after & ~kFlags, rounding | others) << law.Name();
      }
    }
  });
}
#endif

INSTANTIATE_TEST_SUITE_P(Targets, Environments, testing::ValuesIn(Targets()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace elu::tests
