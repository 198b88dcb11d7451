// The floats that the 16-bit types are rounded from, on every target with fused operations: their errors stay within
// the windows of quick-inl.h, for all numbers of both types. And at alpha = scale = input_scale = 1, where functions
// of one input go without a rounding test, all results are those of the reference, on every target.
#include "src/cpu/disabled-targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/cpu/float16/error_test.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "src/cpu/careful/ops-inl.h"
#if HWY_NATIVE_FMA
#include "src/cpu/float16/quick-inl.h"
#include "src/cpu/loop-inl.h"
#endif

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

#if HWY_NATIVE_FMA
template <class Op>
uint32_t Run(const Op& op, const float* x, float* y, size_t n) {
  Map(hn::ScalableTag<float>(), op, n, y, x);
  return Op::kWindow;
}

// The op's results, and its window.
uint32_t QuickForward(const float* x, float* y, size_t n, const Coefficients& c) {
  return c.input_scale == 1.0 ? Run(float16::quick::ForwardOp<InputScale::kUnit>(c), x, y, n)
                              : Run(float16::quick::ForwardOp<InputScale::kAny>(c), x, y, n);
}

uint32_t QuickDerivative(const float* x, float* y, size_t n, const Coefficients& c) {
  if (IsUnit(c))
    return Run(float16::quick::ExponentialOp<Parameters::kUnit>(c.scale, c.slope.high, c.input_scale), x, y, n);
  return Run(float16::quick::ExponentialOp<Parameters::kAny>(c.scale, c.slope.high, c.input_scale), x, y, n);
}
#else
uint32_t QuickForward(const float*, float*, size_t, const Coefficients&) { return 0; }
uint32_t QuickDerivative(const float*, float*, size_t, const Coefficients&) { return 0; }
#endif

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "src/cpu/targets.h"
#include "src/functions.h"
#include "src/proof/storage.h"
#include "tests/support/bits.h"
#include "tests/support/parameter_sets.h"

namespace elu::cpu {

ELU_EXPORT(QuickForward);
ELU_EXPORT(QuickDerivative);

namespace {

using proof::Storage;
using reference::Format;

constexpr int kNumbers = 1 << 16;

// The numbers of both types for which z = input_scale * x lies within the op's own reach, normal floats.
std::vector<float> Numbers(double input_scale) {
  std::vector<float> numbers;
  const auto add = [&](double x) {
    if (x < 0 && x * input_scale > -80 && x < -0x1p-100) numbers.push_back(static_cast<float>(x));
  };
  for (int i = 0; i < kNumbers; ++i) {
    add(Storage<Format::float16>::Widen(static_cast<std::uint16_t>(i)));
    add(Storage<Format::bfloat16>::Widen(static_cast<std::uint16_t>(i)));
  }
  return numbers;
}

// The largest error relative to the result, in units of 2^-24: at least as many as in the last place of float. The
// reference, in double, is off by less than 2^-50.
template <class Exact>
double WorstError(const std::vector<float>& x, const std::vector<float>& y, const Exact& exact) {
  double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    worst = std::fmax(worst, std::fabs(y[i] / exact(static_cast<double>(x[i])) - 1.0) * 0x1p+24);
  }
  return worst;
}

class Float16Error : public testing::TestWithParam<std::string> {
 protected:
  tests::WithTarget forced_{GetParam()};
};

// A product with dy rounds once more, by one unit.
TEST_P(Float16Error, StaysWithinTheWindows) {
  for (const tests::ParameterSet& set : tests::ProofSets()) {
    const elu_params& p = set.params;
    const Coefficients c = MakeCoefficients(p, kFloat16);
    const std::vector<float> x = Numbers(p.input_scale);
    std::vector<float> y(x.size());
    const uint32_t forward = ELU_DISPATCH(QuickForward)(x.data(), y.data(), x.size(), c);
    if (forward == 0) GTEST_SKIP() << "no fused operations";
    const double error = WorstError(x, y, [&](double v) { return p.scale * p.alpha * std::expm1(p.input_scale * v); });
    EXPECT_LE(error, forward / 2.0) << set.name;
    const uint32_t derivative = ELU_DISPATCH(QuickDerivative)(x.data(), y.data(), x.size(), c);
    const double slope = p.scale * p.alpha * p.input_scale;
    const double exp_error = WorstError(x, y, [&](double v) { return slope * std::exp(p.input_scale * v); });
    EXPECT_LE(exp_error, derivative / 2.0 - 1.0) << set.name;
    std::printf("%s %-16s forward %.2f, derivative %.2f units of 2^-24\n", GetParam().c_str(), set.name.c_str(), error,
                exp_error);
  }
}

template <Format format>
void ExpectReferenceAtAlphaOne(const Function& function) {
  using S = Storage<format>;
  const reference::Function by_reference = reference::Find(function.name);
  const elu_params p = {1, 1, 1};
  std::vector<std::uint16_t> x(kNumbers), out(kNumbers);
  for (int i = 0; i < kNumbers; ++i) x[static_cast<std::size_t>(i)] = static_cast<std::uint16_t>(i);
  ASSERT_EQ(S::Kernel(function)(nullptr, nullptr, x.data(), out.data(), x.size(), &p, ELU_ACCURATE), ELU_OK);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double exact = by_reference(format, {S::Widen(x[i]), 0, 0}, p).rounded, got = S::Widen(out[i]);
    ASSERT_TRUE(std::isnan(exact) ? std::isnan(got) : got == exact && std::signbit(got) == std::signbit(exact))
        << function.name << " at " << S::Widen(x[i]) << ": got " << got << ", exact " << exact;
  }
}

TEST_P(Float16Error, NoResultAtAlphaOneIsMisrounded) {
  for (const Function& function : kFunctions) {
    if (function.inputs > 1) continue;
    ExpectReferenceAtAlphaOne<Format::float16>(function);
    ExpectReferenceAtAlphaOne<Format::bfloat16>(function);
  }
}

INSTANTIATE_TEST_SUITE_P(Targets, Float16Error, testing::ValuesIn(tests::Targets()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace elu::cpu
#endif  // HWY_ONCE
