// Moments of f(z) and f'(z) for z ~ N(mu, sigma^2): what each branch gives, put together as sums of squares.
#include <cmath>

#include "elu/elu.h"
#include "src/cpu/coefficients.h"
#include "src/environment.h"
#include "src/truncated_normal.h"

namespace {

bool Admitted(double mu, double sigma) {  // false for NaN
  return std::fabs(mu) <= 0x1p+100 && sigma >= 0x1p-100 && sigma <= 0x1p+100;
}

// `above` and `below` are the means of f(z) given z > 0 and z <= 0. The law of total variance adds squares only, for
// every sign of the parameters; E[f^2] - E[f]^2 would lose all digits where f is nearly constant.
elu_moments MomentsOfNormal(double mu, double sigma, const elu_params& p) {
  const elu::statistics::Standardised u = elu::statistics::Standardise(mu, sigma);
  const elu::statistics::PositivePart positive = elu::statistics::Positive(u);
  const elu::statistics::NegativePart negative =
      elu::statistics::Negative(u, p.input_scale * sigma, p.input_scale * mu);
  const double limit = p.scale * p.alpha, slope = limit * p.input_scale, unit = p.scale * sigma;
  const double above = unit * positive.mean, above_variance = unit * unit * positive.variance;
  const double below = -limit * negative.drop, below_variance = limit * limit * negative.variance;
  const double apart = above - below;
  const double squared = negative.variance + negative.mean * negative.mean;  // E[e^{2 input_scale z} | z <= 0]
  return {
      .mean = positive.probability * above + negative.probability * below,
      .second_moment = positive.probability * (above_variance + above * above) +
                       negative.probability * (below_variance + below * below),
      .variance = positive.probability * above_variance + negative.probability * below_variance +
                  positive.probability * negative.probability * apart * apart,
      .derivative_second_moment =
          positive.probability * p.scale * p.scale + negative.probability * slope * slope * squared,
  };
}

}  // namespace

extern "C" {

elu_status elu_moments_of_normal(double mu, double sigma, const elu_params* p, elu_moments* moments) {
  const elu::Environment environment;
  const elu_params& params = elu::cpu::OrElu(p);
  if (!elu::cpu::Admitted(params)) return ELU_ERROR_PARAMETERS;
  if (moments == nullptr) return ELU_ERROR_NULL;
  if (!Admitted(mu, sigma)) return ELU_ERROR_DISTRIBUTION;
  *moments = MomentsOfNormal(mu, sigma, params);
  return ELU_OK;
}

elu_status elu_initialisation_gain(const elu_params* p, double* gain) {
  const elu::Environment environment;
  const elu_params& params = elu::cpu::OrElu(p);
  if (!elu::cpu::Admitted(params)) return ELU_ERROR_PARAMETERS;
  if (gain == nullptr) return ELU_ERROR_NULL;
  *gain = 1 / std::sqrt(MomentsOfNormal(0, 1, params).second_moment);
  return ELU_OK;
}

}  // extern "C"
