// Doubles where the quick ops change their ways, against the reference on every target: next to their thresholds, to
// the ends of the table's intervals, at every exponent, and with factors of every kind.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include "src/cpu/float64/constants.h"
#include "src/functions.h"
#include "src/reference/reference.h"
#include "tests/support/bits.h"
#include "tests/support/parameter_sets.h"

namespace elu::tests {
namespace {

#ifdef ELU_FEWER_INTERVALS
constexpr int kIntervalStride = 7;  // prime to 2, 4, 8 and 16: ends of all kinds remain
#else
constexpr int kIntervalStride = 1;
#endif

// x and the doubles next to it, and the same of -x.
void AddNear(double x, std::vector<double>& points) {
  for (int step = -4; step <= 4; ++step) {
    const double near = std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) + static_cast<std::uint64_t>(step));
    points.push_back(near);
    points.push_back(-near);
  }
}

std::vector<double> Points(const elu_params& p) {
  std::vector<double> points = {0.0, -0.0, HUGE_VAL, -HUGE_VAL, std::nan("")};
  for (const double x : {cpu::kFloat64Tiny, cpu::kFloat64Underflow, cpu::kFloat64Flat, -0x1p-1022, -0x1p-1020,
                         -0x1p+1020, -0x1.0p-1074 * 100}) {
    AddNear(x, points);
  }
  for (const double z : {cpu::kFloat64Saturated, cpu::kFloat64LowestExponent, cpu::kFloat64LowestCareful, -708.4,
                         -745.1, -36.7, -37.4}) {
    AddNear(z / p.input_scale, points);
  }
  // k + 1/2 with tables of four and eight powers, and k.
  for (int i = 1; i < 900; i += kIntervalStride) AddNear(-i * (std::numbers::ln2 / 16) / p.input_scale, points);
  for (int i = -1074; i < 1023; ++i) points.push_back(-std::ldexp(1.618, i));
  // Outputs next to -scale * alpha and below 0.
  AddNear(-p.scale * p.alpha, points);
  for (int i = 0; i < 100; ++i) points.push_back(-p.scale * p.alpha * (1 - std::ldexp(1.0, -i)));
  return points;
}

// The same number of factors, of all kinds in turn.
std::vector<double> Factors(std::size_t n, std::size_t stride) {
  std::vector<double> kinds = {1, -0.7, 3e-5, 0.0, -0.0, 0x1p-1074, -0x1p-1022, 0x1p+1023, HUGE_VAL, std::nan("")};
  AddNear(cpu::kFloat64LargestFactor, kinds);
  AddNear(1 / cpu::kFloat64LargestFactor, kinds);
  std::vector<double> factors(n);
  for (std::size_t i = 0; i < n; ++i) factors[i] = kinds[i * stride % kinds.size()];
  return factors;
}

class Float64Edges : public testing::TestWithParam<std::size_t> {};

TEST_P(Float64Edges, ErrorsStayBelowTheirBound) {
  const Function& function = kFunctions[GetParam()];
  const reference::Function by_reference = reference::Find(function.name);
  const double quick = std::string(function.name) == "forward" ? cpu::kFloat64ForwardUlps : cpu::kFloat64GradientUlps;
  const double bound = std::max(quick, cpu::kCarefulUlps);
  std::vector<ParameterSet> sets = ProofSets();
  for (const ParameterSet& set : EdgeSets()) sets.push_back(set);
  sets.push_back({"limit a tie", {1 + 0x1p-52, 1.5, 1}});  // f(-inf) is the tie rounded, f(-50) lies beside it
  if (!function.parameters) sets.resize(1);
  double worst = 0;
  for (const ParameterSet& set : sets) {
    if (function.from_output && !OutputTellsBranch(set.params)) continue;
    const std::vector<double> x = Points(set.params), dy = Factors(x.size(), 7), ddx = Factors(x.size(), 11);
    std::vector<reference::Value> exact;
    for (std::size_t i = 0; i < x.size(); ++i) {
      exact.push_back(by_reference(reference::Format::float64, {x[i], dy[i], ddx[i]}, set.params));
    }
    for (const std::string& target : Targets()) {
      const WithTarget forced(target);
      std::vector<double> out(x.size());
      ASSERT_EQ(function.f64(ddx.data(), dy.data(), x.data(), out.data(), x.size(), &set.params, ELU_ACCURATE), ELU_OK);
      for (std::size_t i = 0; i < x.size(); ++i) {
        const bool nan = std::isnan(exact[i].rounded);
        const double error = nan ? 0 : reference::ErrorInUlps(reference::Format::float64, out[i], exact[i]);
        worst = std::max(worst, error);
        const bool right = !std::isinf(x[i]) || out[i] == exact[i].rounded || nan;  // there, to the bit
        EXPECT_TRUE(std::isnan(out[i]) == nan && error <= bound && right)
            << set.name << " " << target << " x = " << Show(x[i]) << ", dy = " << Show(dy[i])
            << ", ddx = " << Show(ddx[i]) << ": got " << Show(out[i]) << ", exact " << Show(exact[i].rounded);
        if (HasNonfatalFailure()) return;
      }
    }
  }
  std::printf("%s: %.5f ulp\n", function.name, worst);
}

// Every other lane is one for the reference ops; its neighbours must not go with it. The two kinds of ops differ in
// some results of a million.
TEST_P(Float64Edges, ExtremeNeighboursChangeNothing) {
  const Function& function = kFunctions[GetParam()];
  constexpr std::size_t kCount = 1 << 21;
  const elu_params p = {0.7, 1.3, 0.9};
  std::mt19937_64 generator(1);
  std::uniform_real_distribution<double> uniform(-0.9, 0);
  std::vector<double> x(kCount), dy(kCount), alone(kCount), beside(kCount);
  for (std::size_t i = 0; i < kCount; ++i) {
    x[i] = uniform(generator);
    dy[i] = uniform(generator);
  }
  const std::vector<double> ddx(kCount, 1.25);
  std::vector<double> extreme_x = x, extreme_dy = dy;
  for (std::size_t i = 1; i < kCount; i += 2) {
    extreme_x[i] = i % 4 == 1 ? -400 : -0x1p-900;
    extreme_dy[i] = 0x1p-1000;
  }
  for (const std::string& target : Targets()) {
    const WithTarget forced(target);
    function.f64(ddx.data(), dy.data(), x.data(), alone.data(), kCount, &p, ELU_ACCURATE);
    function.f64(ddx.data(), extreme_dy.data(), extreme_x.data(), beside.data(), kCount, &p, ELU_ACCURATE);
    std::size_t changed = 0;
    for (std::size_t i = 0; i < kCount; i += 2) changed += alone[i] != beside[i] ? 1 : 0;
    EXPECT_EQ(changed, 0U) << target;
  }
}

INSTANTIATE_TEST_SUITE_P(Functions, Float64Edges, testing::Range(std::size_t{0}, std::size(kFunctions)),
                         [](const auto& info) { return TestName(kFunctions[info.param].name); });

}  // namespace
}  // namespace elu::tests
