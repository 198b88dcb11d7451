// The error bounds in constants.h, measured against MPFR on every target: kApproximateError and kPreciseError / 2.
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
void Both(const Op& op, double x, double* approximate, TwoDoubles* precise) {
  const hn::ScalableTag<double> d;
  const auto v = hn::Set(d, x);
  const auto exact = op.Precise(d, v);
  *approximate = hn::GetLane(op.Approximate(d, v));
  *precise = {hn::GetLane(exact.high), hn::GetLane(exact.low)};
}

void BothForward(double x, const Coefficients& c, double* approximate, TwoDoubles* precise) {
  Both(ForwardOp{c}, x, approximate, precise);
}

void BothDerivative(double x, const Coefficients& c, double* approximate, TwoDoubles* precise) {
  Both(DerivativeOp{c}, x, approximate, precise);
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

namespace {

constexpr mpfr_prec_t kBits = 400;

// The exact value, then |value / exact - 1|.
class Exact {
 public:
  Exact(const elu_params& p, double x, bool derivative) {
    mpfr_inits2(kBits, value_, work_, nullptr);
    mpfr_set_d(value_, x, MPFR_RNDN);
    mpfr_mul_d(value_, value_, p.input_scale, MPFR_RNDN);
    derivative ? mpfr_exp(value_, value_, MPFR_RNDN) : mpfr_expm1(value_, value_, MPFR_RNDN);
    for (const double factor : {p.scale, p.alpha, derivative ? p.input_scale : 1.0}) {
      mpfr_mul_d(value_, value_, factor, MPFR_RNDN);
    }
  }
  ~Exact() { mpfr_clears(value_, work_, nullptr); }
  Exact(const Exact&) = delete;
  Exact& operator=(const Exact&) = delete;

  double RelativeError(double high, double low) {
    mpfr_set_d(work_, high, MPFR_RNDN);
    mpfr_add_d(work_, work_, low, MPFR_RNDN);
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
  std::uniform_real_distribution<float> exponent(-70, 6.6F);  // up to 97, where nothing has underflowed yet
  double approximate_worst = 0, precise_worst = 0;
  for (const tests::ParameterSet& set : tests::ProofSets()) {
    const Coefficients c = MakeCoefficients(set.params);
    for (int i = 0; i < 20'000; ++i) {
      const bool derivative = i % 2 != 0;
      const double x = static_cast<float>(-std::exp2(exponent(generator)) / set.params.input_scale);
      double approximate;
      TwoDoubles precise;
      (derivative ? ELU_DISPATCH(BothDerivative) : ELU_DISPATCH(BothForward))(x, c, &approximate, &precise);
      Exact exact(set.params, x, derivative);
      approximate_worst = std::fmax(approximate_worst, exact.RelativeError(approximate, 0));
      // Precise moves its result toward zero by kPreciseError; what is left is its error.
      const double moved = exact.RelativeError(precise.high, precise.low);
      precise_worst = std::fmax(precise_worst, std::fabs(moved - kPreciseError));
    }
  }
  std::printf("%s: Approximate 2^%.2f, Precise 2^%.2f\n", GetParam().c_str(), std::log2(approximate_worst),
              std::log2(precise_worst));
  EXPECT_LT(approximate_worst, kApproximateError);
  EXPECT_LT(precise_worst, kPreciseError / 2);
}

INSTANTIATE_TEST_SUITE_P(Targets, KernelError, testing::ValuesIn(tests::Targets()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace elu::cpu
#endif  // HWY_ONCE
