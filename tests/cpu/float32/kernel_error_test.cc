// The error bounds in constants.h, measured against MPFR on every target: kApproximateError, kPreciseError and
// kQuickErrorInUlps.
#include "src/cpu/disabled-targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/cpu/float32/kernel_error_test.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <cmath>

#include "src/cpu/careful/ops-inl.h"
#include "src/cpu/float32/quick-inl.h"

#ifndef ELU_TESTS_CPU_KERNEL_ERROR_TEST_RESULTS_  // this file is included once for each target
#define ELU_TESTS_CPU_KERNEL_ERROR_TEST_RESULTS_
struct Results {
  double approximate, quick;
  elu::cpu::ThreeDoubles precise;
};
#endif

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

// One op at one x in every way, in the first lane of a full vector; quick is NaN where the parameters are refused.
template <class Quick, class Op>
void Run(const Op& op, double x, Results* results) {
  const hn::ScalableTag<double> d;
  const auto v = hn::Set(d, x);
  const auto precise = op.Precise(d, v);
  results->approximate = hn::GetLane(op.Approximate(d, v));
  results->precise = {hn::GetLane(precise.high), hn::GetLane(precise.middle), hn::GetLane(precise.low)};
  results->quick = Quick::Takes(op) ? hn::GetLane(Quick(op).Approximate(d, v)) : std::nan("");
}

// derivative: 0 for f, 1 for f', 2 for f''
void RunDerivative(int derivative, double x, const Coefficients& c, Results* results) {
  switch (derivative) {
    case 0: return Run<float32::quick::ForwardOp>(careful::ForwardOp{c}, x, results);
    case 1: return Run<float32::quick::ExponentialOp>(careful::ExponentialOp{DerivativeOf(c)}, x, results);
    default: return Run<float32::quick::ExponentialOp>(careful::ExponentialOp{SecondDerivativeOf(c)}, x, results);
  }
}

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <gtest/gtest.h>
#include <mpfr.h>

#include <cmath>
#include <random>

#include "src/cpu/targets.h"
#include "tests/support/bits.h"
#include "tests/support/parameter_sets.h"
#include "tests/support/thorough.h"

namespace elu::cpu {

ELU_EXPORT(RunDerivative);

namespace {

constexpr mpfr_prec_t kBits = 600;

// The exact value of f or of a derivative, then |value / exact - 1|.
class Exact {
 public:
  Exact(const elu_params& p, double x, int derivative) {
    mpfr_inits2(kBits, value_, work_, nullptr);
    mpfr_set_d(value_, x, MPFR_RNDN);
    mpfr_mul_d(value_, value_, p.input_scale, MPFR_RNDN);
    derivative > 0 ? mpfr_exp(value_, value_, MPFR_RNDN) : mpfr_expm1(value_, value_, MPFR_RNDN);
    for (const double factor : {p.scale, p.alpha}) mpfr_mul_d(value_, value_, factor, MPFR_RNDN);
    for (int i = 0; i < derivative; ++i) mpfr_mul_d(value_, value_, p.input_scale, MPFR_RNDN);
  }
  ~Exact() { mpfr_clears(value_, work_, nullptr); }
  Exact(const Exact&) = delete;
  Exact& operator=(const Exact&) = delete;

  double RelativeError(const ThreeDoubles& v) {
    mpfr_set_d(work_, v.high, MPFR_RNDN);
    mpfr_add_d(work_, work_, v.middle, MPFR_RNDN);
    mpfr_add_d(work_, work_, v.low, MPFR_RNDN);
    mpfr_div(work_, work_, value_, MPFR_RNDN);
    mpfr_sub_ui(work_, work_, 1, MPFR_RNDN);
    return std::fabs(mpfr_get_d(work_, MPFR_RNDN));
  }

 private:
  mpfr_t value_, work_;
};

class KernelError : public testing::TestWithParam<std::string> {};

TEST_P(KernelError, StaysBelowTheStatedBounds) {
  const tests::WithTarget forced(GetParam());
  std::mt19937 generator(1);
  std::uniform_real_distribution<float> exponent(-70, 8.6F);  // z from -2^-70 to -388
  const int samples = tests::Thorough() ? 10'000 : 2'500;     // of each parameter set
  double approximate_worst = 0, precise_worst = 0, quick_worst = 0;
  std::vector<tests::ParameterSet> sets = tests::ProofSets();
  for (const tests::ParameterSet& set : tests::EdgeSets()) sets.push_back(set);
  for (const tests::ParameterSet& set : sets) {
    if (set.params.scale == 0 || set.params.alpha == 0) continue;
    const Coefficients c = MakeCoefficients(set.params, kFloat32);
    for (int i = 0; i < samples; ++i) {
      const double x = static_cast<float>(-std::exp2(exponent(generator)) / set.params.input_scale);
      Results results;
      ELU_DISPATCH(RunDerivative)(i % 3, x, c, &results);
      Exact exact(set.params, x, i % 3);
      approximate_worst = std::fmax(approximate_worst, exact.RelativeError({results.approximate, 0, 0}));
      precise_worst = std::fmax(precise_worst, exact.RelativeError(results.precise));
      quick_worst = std::fmax(quick_worst, exact.RelativeError({results.quick, 0, 0}));  // fmax passes over NaN
    }
  }
  std::printf("%s: Approximate 2^%.2f, Precise 2^%.2f, quick 2^%.2f\n", GetParam().c_str(),
              std::log2(approximate_worst), std::log2(precise_worst), std::log2(quick_worst));
  EXPECT_LT(approximate_worst, kApproximateError);
  EXPECT_LT(precise_worst, kPreciseError);
  EXPECT_LT(quick_worst, kQuickErrorInUlps * 0x1p-53);
}

INSTANTIATE_TEST_SUITE_P(Targets, KernelError, testing::ValuesIn(tests::Targets()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace elu::cpu
#endif  // HWY_ONCE
