// The C ABI under random use: sizes, offsets, aliasing, NULL, parameters and accuracies of every kind. A call either
// refuses and writes nothing, or writes its n results and nothing beside them. Run under AddressSanitizer and
// UndefinedBehaviorSanitizer by `make sanitize`.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

#include "src/functions.h"
#include "tests/support/bits.h"
#include "tests/support/number_types.h"

namespace elu::tests {
namespace {

constexpr int kCalls = 20'000;

class Fuzz {
 public:
  double Parameter() {
    constexpr double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
    constexpr double kSpecial[] = {0,   -0.0, 1,   -1,     inf,       -inf,    nan,      1e308,  -1e308,
                                   0.5, 2,    0.1, 1e-308, 0x1p-1074, 0x1p100, 0x1p-100, 0x1p101};
    const double ordinary = std::exp2(std::uniform_real_distribution<double>(-20, 20)(generator_));
    if (Below(4) != 0) return Below(5) != 0 ? ordinary : -ordinary;
    return kSpecial[Below(std::size(kSpecial))];
  }
  std::size_t Below(std::size_t n) { return generator_() % n; }

  // A place for n elements in the array: often one that another array has too.
  template <class T>
  T* Place(std::vector<T>& array, std::size_t n) {
    if (Below(30) == 0) return nullptr;
    const std::size_t room = array.size() - n;
    return array.data() + (Below(2) == 0 ? 0 : Below(room + 1));
  }

 private:
  std::mt19937_64 generator_{20240611};
};

elu_status Expected(const Function& function, const elu_params* p, elu_accuracy accuracy, elu_status got) {
  // What can be told without repeating the library's arithmetic.
  if (function.accuracy && accuracy != ELU_ACCURATE && accuracy != ELU_FAST) return ELU_ERROR_ACCURACY;
  const bool finite = p == nullptr || (std::isfinite(p->alpha) && std::isfinite(p->scale) && p->input_scale > 0);
  return function.parameters && !finite ? ELU_ERROR_PARAMETERS : got;
}

template <class Type>
void FuzzType(const Type& type, Fuzz& fuzz) {
  using T = typename Type::T;
  std::vector<T> first = Type::Mixed(700, 1), second = Type::Mixed(700, 2);
  for (int i = 0; i < kCalls; ++i) {
    const Function& function = kFunctions[fuzz.Below(std::size(kFunctions))];
    const std::size_t n = fuzz.Below(3) == 0 ? fuzz.Below(4) : fuzz.Below(300);
    const auto array = [&]() -> std::vector<T>& { return fuzz.Below(2) == 0 ? first : second; };
    const T *ddx = fuzz.Place(array(), n), *dy = fuzz.Place(array(), n), *x = fuzz.Place(array(), n);
    T* out = fuzz.Place(array(), n);
    const elu_params params = {fuzz.Parameter(), fuzz.Parameter(), fuzz.Parameter()};
    const elu_params* p = fuzz.Below(5) == 0 ? nullptr : &params;
    const auto accuracy = static_cast<elu_accuracy>(fuzz.Below(20) == 0 ? 2 + fuzz.Below(2) : fuzz.Below(2));
    const std::vector<T> first_before = first, second_before = second;
    const elu_status status = (function.*type.call)(ddx, dy, x, out, n, p, accuracy);
    ASSERT_EQ(status, Expected(function, p, accuracy, status)) << function.name;
    const auto untouched = [&](const std::vector<T>& now, const std::vector<T>& before) {
      for (std::size_t k = 0; k < now.size(); ++k) {
        const bool written = status == ELU_OK && out != nullptr && &now[k] >= out && &now[k] < out + n;
        if (!written && std::memcmp(&now[k], &before[k], sizeof(T)) != 0) return false;
      }
      return true;
    };
    ASSERT_TRUE(untouched(first, first_before)) << type.name << " " << function.name;
    ASSERT_TRUE(untouched(second, second_before)) << type.name << " " << function.name;
  }
}

class FuzzOn : public testing::TestWithParam<std::string> {};

TEST_P(FuzzOn, RefusesOrWritesItsOutputOnly) {
  const WithTarget forced(GetParam());
  Fuzz fuzz;
  ForEachType([&](const auto& type) { FuzzType(type, fuzz); });
}

TEST(Fuzz, MomentsAreNumbersOrRefused) {
  Fuzz fuzz;
  int accepted = 0;
  for (int i = 0; i < kCalls; ++i) {
    const elu_params p = {fuzz.Parameter(), fuzz.Parameter(), fuzz.Parameter()};
    elu_moments moments = {7, 7, 7, 7};
    const elu_status status = elu_moments_of_normal(fuzz.Parameter(), fuzz.Parameter(), &p, &moments);
    const bool untouched = moments.mean == 7 && moments.second_moment == 7 && moments.variance == 7 &&
                           moments.derivative_second_moment == 7;
    ASSERT_TRUE(status == ELU_OK ? moments.variance >= 0 : untouched) << moments.variance;
    accepted += status == ELU_OK ? 1 : 0;
  }
  EXPECT_GT(accepted, kCalls / 10);
}

INSTANTIATE_TEST_SUITE_P(Targets, FuzzOn, testing::ValuesIn(Targets()), [](const auto& info) { return info.param; });

}  // namespace
}  // namespace elu::tests
