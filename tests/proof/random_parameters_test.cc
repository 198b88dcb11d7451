// Parameters drawn at random, and parameters and inputs made so that the exact result lies next to a tie.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <numbers>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "src/functions.h"
#include "src/proof/proof.h"
#include "src/proof/random.h"
#include "tests/support/bits.h"
#include "tests/support/parameter_sets.h"
#include "tests/support/thorough.h"

namespace elu::tests {
namespace {

using proof::Format;
using proof::Job;
using proof::Random;
using reference::Value;

constexpr int kSets = 100;
const std::uint64_t kManyInputs = Thorough() ? 10'000'000 : 1'000'000, kInputs = Thorough() ? 500'000 : 131'072;
constexpr std::uint64_t kFewInputs = 65'536;
// Each times its count is 2^32, but for 0.2 %: all exponents of both signs occur.
const std::uint64_t kForwardStride = Thorough() ? 429 : 4297, kStride = Thorough() ? 8597 : 32'771;
constexpr std::uint64_t kSparseStride = 65'537;

bool Admitted(const elu_params& p) { return elu_forward_f32(nullptr, nullptr, 0, &p, ELU_ACCURATE) == ELU_OK; }

// Half of the sets as networks have them, half over all that is admitted; every fourth with a negative factor.
std::vector<elu_params> RandomSets() {
  std::vector<elu_params> sets;
  Random random(2026);
  while (sets.size() < kSets) {
    const int span = sets.size() % 2 == 0 ? 2 : 60;
    elu_params p = {random.WithExponent(-span, span), random.WithExponent(-span, span),
                    random.WithExponent(-span, span)};
    if (sets.size() % 4 == 3) (random.Bits() % 2 == 0 ? p.alpha : p.scale) *= -1;
    if (sets.size() % 5 == 4) p.input_scale = 1;
    if (Admitted(p)) sets.push_back(p);
  }
  return sets;
}

std::string Describe(const elu_params& p) {
  return "alpha " + Show(p.alpha) + ", scale " + Show(p.scale) + ", input_scale " + Show(p.input_scale);
}

void Prove(const Function& function, Format format, const std::vector<std::string>& targets, std::uint64_t stride,
           std::uint64_t count, elu_accuracy accuracy = ELU_ACCURATE) {
  std::vector<elu_params> sets;
  for (const elu_params& p : RandomSets()) {
    if (!function.from_output || OutputTellsBranch(p)) sets.push_back(p);
  }
  Job job{&function, format, accuracy, sets, targets, count, stride, std::thread::hardware_concurrency()};
  for (const proof::Result& result : proof::Prove(job)) {
    EXPECT_TRUE(proof::KeepsPromise(job, result))
        << function.name << " " << result.target << ": " << result.misrounded << " misrounded, " << result.error
        << " ulp, at x = " << Show(result.at.x) << ", dy = " << Show(result.at.dy) << ", ddx = " << Show(result.at.ddx)
        << ", " << Describe(result.params) << ": got " << Show(result.computed) << ", exact " << Show(result.exact);
    std::printf("%-22s %-6s %3zu sets, %11llu inputs, misrounded %llu, %.5f ulp, %.1f s\n", function.name,
                result.target.c_str(), sets.size(), static_cast<unsigned long long>(result.inputs),
                static_cast<unsigned long long>(result.misrounded), result.error, result.seconds);
  }
}

// A million floats at each set, in thorough ten million.
TEST(RandomParameters, ManyFloatsEachForward) {
  Prove(kFunctions[0], Format::float32, {Targets().front()}, kForwardStride, kManyInputs);
}

TEST(RandomParameters, OtherFunctionsAndTargets) {
  for (const Function& function : kFunctions) {
    if (!function.parameters) continue;
    Prove(function, Format::float32, {Targets().front()}, kStride, kInputs);
    Prove(function, Format::float32, Targets(), kSparseStride, kFewInputs);
  }
}

TEST(RandomParameters, FastFloats) {
  for (const Function& function : kFunctions) {
    if (!function.parameters || function.from_output) continue;
    Prove(function, Format::float32, Targets(), kStride, kInputs, ELU_FAST);
  }
}

// Where r is largest, p is, too, and with it the errors of all that is rounded on the way; they weigh most where the
// result's significand is next to 2, which takes a dy of its own for each x.
void ProveFastWhereErrorsMeet(const Function& function, const elu_params& p, double promise) {
  constexpr std::size_t kCount = 20'000;
  Random random(9);
  std::vector<float> x(kCount), dy(kCount), out(kCount);
  std::vector<Value> exact(kCount);
  const reference::Function by_reference = reference::Find(function.name);
  for (std::size_t i = 0; i < kCount; ++i) {
    const double z = -(static_cast<double>(random.Bits() % 60) + random.Uniform(0.47, 0.53)) * std::numbers::ln2;
    x[i] = static_cast<float>(z / p.input_scale);
    const double slope = p.scale * p.alpha * p.input_scale * std::exp(p.input_scale * x[i]);
    dy[i] = static_cast<float>(random.Uniform(1.98, 2) / slope * 0x1p-40);
    exact[i] = by_reference(Format::float32, {.x = x[i], .dy = dy[i]}, p);
  }
  for (const std::string& target : Targets()) {
    const WithTarget forced(target);
    ASSERT_EQ(function.f32(nullptr, dy.data(), x.data(), out.data(), kCount, &p, ELU_FAST), ELU_OK);
    double worst = 0;
    for (std::size_t i = 0; i < kCount; ++i) {
      worst = std::fmax(worst, reference::ErrorInUlps(Format::float32, out[i], exact[i]));
    }
    EXPECT_LE(worst, promise) << function.name << " " << target << ", " << Describe(p);
  }
}

TEST(RandomParameters, FastGradientsWhereErrorsMeet) {
  std::vector<elu_params> sets = {{0x1.b66788ce191c8p-1, 1, 0x1.2c8c00a823522p-1},
                                  {0x1.527f75117b438p+1, 1, 0x1.01441d03e115dp-3}};
  Random random(10);
  while (sets.size() < 20) sets.push_back({random.WithExponent(-2, 2), 1, random.WithExponent(-2, 2)});
  for (const Function& function : kFunctions) {
    if (function.inputs > 2 || function.from_output) continue;
    ProveFastWhereErrorsMeet(function, {1, 1, 1}, 1.0);
    if (!function.parameters) continue;
    for (const elu_params& p : sets) ProveFastWhereErrorsMeet(function, p, 2.0);
  }
}

TEST(RandomParameters, OtherTypes) {
  for (const Function& function : kFunctions) {
    if (!function.parameters) continue;
    Prove(function, Format::float64, {Targets().front()}, 1, kFewInputs);
    for (const Format format : {Format::float16, Format::bfloat16}) {
      Prove(function, format, {Targets().front()}, function.inputs == 1 ? 1 : 65'521, kFewInputs);
    }
  }
}

// One call and its exact result, on every target.
template <Format format>
class Subject {
  using S = proof::Storage<format>;
  using T = typename S::Type;

 public:
  explicit Subject(const Function& function) : function_(function), reference_(reference::Find(function.name)) {}

  // A number of the format, positive, low <= v < high.
  static T Draw(Random& random, double low, double high) {
    for (;;) {
      T v = static_cast<T>(random.Bits());
      if constexpr (format == Format::float32) v = std::bit_cast<float>(static_cast<std::uint32_t>(random.Bits()));
      if (S::Widen(v) >= low && S::Widen(v) < high) return v;
    }
  }

  // Midway between two neighbours in the format.
  static double DrawTie(Random& random) {
    const T v = Draw(random, 0x1p-8, 0x1p8);
    if constexpr (format == Format::float32) return (static_cast<double>(v) + std::nextafter(v, HUGE_VALF)) / 2.0;
    else return (S::Widen(v) + S::Widen(static_cast<T>(v + 1))) / 2.0;
  }

  Value Exact(T ddx, T dy, T x, const elu_params& p) const {
    return reference_(format, {S::Widen(x), S::Widen(dy), S::Widen(ddx)}, p);
  }

  void Check(T ddx, T dy, T x, const elu_params& p) const {
    const Value exact = Exact(ddx, dy, x, p);
    for (const std::string& target : Targets()) {
      const WithTarget forced(target);
      T out{};
      ASSERT_EQ(S::Kernel(function_)(&ddx, &dy, &x, &out, 1, &p, ELU_ACCURATE), ELU_OK) << Describe(p);
      ASSERT_EQ(std::bit_cast<std::uint64_t>(S::Widen(out)), std::bit_cast<std::uint64_t>(exact.rounded))
          << function_.name << " " << target << " at x = " << Show(S::Widen(x)) << ", dy = " << Show(S::Widen(dy))
          << ", ddx = " << Show(S::Widen(ddx)) << ", " << Describe(p) << ": got " << Show(S::Widen(out)) << ", exact "
          << Show(exact.rounded);
    }
  }

 private:
  const Function& function_;
  reference::Function reference_;
};

// A negative number of the format.
template <Format format>
auto DrawNegative(Random& random, double low, double high) {
  auto x = Subject<format>::Draw(random, low, high);
  if constexpr (sizeof x == 2) return static_cast<std::uint16_t>(x | 0x8000);
  else return -x;
}

// alpha such that the function at alpha is the tie but for the rounding of alpha, 2^-53 of it.
double AlphaFor(const std::string& function, const reference::Inputs& in, double tie, const elu_params& p) {
  const double z = p.input_scale * in.x;
  if (function == "forward") return -tie / (p.scale * std::expm1(z));
  if (function.ends_with("from-output")) return (tie / (in.dy * p.input_scale) - in.x) / p.scale;
  const double slope = p.scale * in.dy * p.input_scale * std::exp(z);
  return tie / (function == "derivative" || function == "backward" ? slope : slope * p.input_scale * in.ddx);
}

// Thousands of ties, each with an alpha of its own; every other set has scale = input_scale = 1.
template <Format format>
void CheckNextToTies(const Function& function) {
  using S = proof::Storage<format>;
  Random random(4);
  const Subject<format> subject(function);
  const bool with_dy = function.inputs > 1, with_ddx = function.inputs > 2;
  int next_to_tie = 0, tried = 0;
  while (tried < 5000) {
    elu_params p = {1, 1, 1};
    if (random.Bits() % 2 == 0) p = {1, random.WithExponent(-3, 3), random.WithExponent(-3, 3)};
    const auto x = DrawNegative<format>(random, 0x1p-12, 0x1p3);
    const auto dy = Subject<format>::Draw(random, 0x1p-8, 0x1p8);
    const auto ddx = Subject<format>::Draw(random, 0x1p-8, 0x1p8);
    const reference::Inputs in = {S::Widen(x), with_dy ? S::Widen(dy) : 1.0, with_ddx ? S::Widen(ddx) : 1.0};
    p.alpha = AlphaFor(function.name, in, Subject<format>::DrawTie(random), p);
    if (!Admitted(p) || (function.from_output && !(p.alpha >= 0 && in.x > -p.scale * p.alpha))) continue;
    ++tried;
    next_to_tie += std::fabs(std::fabs(subject.Exact(ddx, dy, x, p).rest) - 0.5) < 0x1p-20 ? 1 : 0;
    subject.Check(ddx, dy, x, p);
    if (testing::Test::HasFatalFailure()) return;
  }
  EXPECT_GT(next_to_tie, tried * 8 / 10) << function.name;  // or the construction does not do what it says
}

TEST(RandomParameters, AlphaThatPutsTheResultNextToATie) {
  for (const Function& function : kFunctions) {
    if (!function.parameters) continue;
    CheckNextToTies<Format::float32>(function);
    CheckNextToTies<Format::float16>(function);
    CheckNextToTies<Format::bfloat16>(function);
  }
}

// At alpha 1 + 3 * 2^-24 many gradients from the outputs of normal inputs are ties.
TEST(RandomParameters, NormalInputsAtAlphaNextToOne) {
  const elu_params p = {1 + 0x3p-24, 1, 1};
  std::mt19937_64 generator(7);
  std::normal_distribution<float> normal;
  std::vector<float> inputs(500'000), dy(inputs.size()), out(inputs.size()), exact(inputs.size());
  for (float& v : inputs) v = normal(generator);
  for (float& v : dy) v = normal(generator);
  std::size_t ties = 0;
  for (const Function& function : kFunctions) {
    const reference::Function by_reference = reference::Find(function.name);
    std::vector<float> x = inputs;
    if (function.from_output) elu_forward_f32(inputs.data(), x.data(), x.size(), &p, ELU_ACCURATE);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const Value value = by_reference(Format::float32, {x[i], dy[i], dy[i]}, p);
      exact[i] = static_cast<float>(value.rounded);
      ties += std::fabs(std::fabs(value.rest) - 0.5) < 0x1p-16 ? 1 : 0;
    }
    for (const std::string& target : Targets()) {
      const WithTarget forced(target);
      ASSERT_EQ(function.f32(dy.data(), dy.data(), x.data(), out.data(), x.size(), &p, ELU_ACCURATE), ELU_OK);
      for (std::size_t i = 0; i < x.size(); ++i) {
        ASSERT_TRUE(Same(out[i], exact[i])) << function.name << " " << target << " at " << Show(x[i]);
      }
    }
  }
  EXPECT_GT(ties, inputs.size() / 20);
}

// Inputs whose results lie within 2^-40 of a tie, relative to the result: 2^-16 of half a unit in the last place.
TEST(RandomParameters, InputsWithin2ToMinus40OfATie) {
  using Float = Subject<Format::float32>;
  Random random(40);
  for (const Function& function : kFunctions) {
    const Float subject(function);
    elu_params p = {0.75, function.from_output ? 1 : 1.05, 1};
    if (!function.parameters) p = {1, 1, 1};
    int found = 0;
    for (int i = 0; i < 400'000; ++i) {
      const float x = DrawNegative<Format::float32>(random, 0x1p-12, function.from_output ? 0.75 : 16);
      const float dy = Float::Draw(random, 0x1p-10, 0x1p10), ddx = Float::Draw(random, 0x1p-10, 0x1p10);
      if (std::fabs(std::fabs(subject.Exact(ddx, dy, x, p).rest) - 0.5) >= 0x1p-16) continue;
      ++found;
      subject.Check(ddx, dy, x, p);
      if (HasFatalFailure()) return;
    }
    EXPECT_GE(found, 3) << function.name;
  }
}

}  // namespace
}  // namespace elu::tests
