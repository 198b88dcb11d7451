// The error bounds in constants.h, measured against MPFR on every target: kApproximateError and kPreciseError.
#include "cpu/disabled-targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cpu/kernel_error_test.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "cpu/elu-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

// One op at one x, both ways, in the first lane of a full vector.
template <class Op>
void Both(const Op& op, double x, double* approximate, ThreeDoubles* precise) {
  const hn::ScalableTag<double> d;
  const auto v = hn::Set(d, x);
  const auto precise_value = op.Precise(d, v);
  *approximate = hn::GetLane(op.Approximate(d, v));
  *precise = {hn::GetLane(precise_value.high), hn::GetLane(precise_value.middle), hn::GetLane(precise_value.low)};
}

void BothForward(double x, const Coefficients& c, double* approximate, ThreeDoubles* precise) {
  Both(ForwardOp{c}, x, approximate, precise);
}

void BothDerivative(double x, const Coefficients& c, double* approximate, ThreeDoubles* precise) {
  Both(DerivativeOp(c), x, approximate, precise);
}

void BothSecondDerivative(double x, const Coefficients& c, double* approximate, ThreeDoubles* precise) {
  Both(SecondDerivativeOp(c), x, approximate, precise);
}

}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <gtest/gtest.h>
#include <mpfr.h>

#include <cmath>
#include <random>

#include "bits.h"
#include "cpu/targets.h"
#include "parameter_sets.h"

namespace elu::cpu {

HWY_EXPORT(BothForward);
HWY_EXPORT(BothDerivative);
HWY_EXPORT(BothSecondDerivative);

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
  double approximate_worst = 0, precise_worst = 0;
  std::vector<tests::ParameterSet> sets = tests::ProofSets();
  for (const tests::ParameterSet& set : tests::EdgeSets()) sets.push_back(set);
  for (const tests::ParameterSet& set : sets) {
    if (set.params.scale == 0 || set.params.alpha == 0) continue;
    const Coefficients c = MakeCoefficients(set.params, kFloat32);
    for (int i = 0; i < 10'000; ++i) {
      const int derivative = i % 3;
      const double x = static_cast<float>(-std::exp2(exponent(generator)) / set.params.input_scale);
      double approximate;
      ThreeDoubles precise;
      const auto both = derivative == 0   ? ELU_DISPATCH(BothForward)
                        : derivative == 1 ? ELU_DISPATCH(BothDerivative)
                                          : ELU_DISPATCH(BothSecondDerivative);
      both(x, c, &approximate, &precise);
      Exact exact(set.params, x, derivative);
      approximate_worst = std::fmax(approximate_worst, exact.RelativeError({approximate, 0, 0}));
      precise_worst = std::fmax(precise_worst, exact.RelativeError(precise));
    }
  }
  std::printf("%s: Approximate 2^%.2f, Precise 2^%.2f\n", GetParam().c_str(), std::log2(approximate_worst),
              std::log2(precise_worst));
  EXPECT_LT(approximate_worst, kApproximateError);
  EXPECT_LT(precise_worst, kPreciseError);
}

INSTANTIATE_TEST_SUITE_P(Targets, KernelError, testing::ValuesIn(tests::Targets()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace elu::cpu
#endif  // HWY_ONCE
