/// elu/statistics.hpp: what ELU makes of normally distributed numbers. C++20, header-only over elu.h.
///
///     elu::Moments m = elu::moments_of_normal(0, 1, elu::selu());  // mean 0, variance 1: SELU's fixed point
///     double gain = elu::initialisation_gain({.alpha = 1});        // 1.2452
///
/// Formulas in closed form: docs/statistics.md. Functions throw std::invalid_argument for what elu.h refuses.
#ifndef ELU_STATISTICS_HPP_
#define ELU_STATISTICS_HPP_

#include "elu/elu.h"
#include "elu/elu.hpp"

namespace elu {

/// Of f(z) and f'(z), f being the function of elu.h and z ~ N(mu, sigma^2).
struct Moments {
  double mean;                      ///< E[f(z)]
  double second_moment;             ///< E[f(z)^2]
  double variance;                  ///< E[(f(z) - mean)^2]
  double derivative_second_moment;  ///< E[f'(z)^2]: the factor by which a layer changes the variance of gradients
};

/// The moments of f(z) for z ~ N(mu, sigma^2), mu and sigma in the units of z.
/// Error: relative, below 1e-12; that of the mean is relative to E|f(z)|. What comes from a branch with a probability
/// below 1e-290, or from e^(2 input_scale z) whose expectation is below it, may underflow.
/// Throws std::invalid_argument unless |mu| <= 2^100, 2^-100 <= sigma <= 2^100 and the parameters are admitted.
/// Source: law of total variance over the two branches; docs/statistics.md.
inline Moments moments_of_normal(double mu, double sigma, Params params = {}) {
  const elu_params p = detail::ToC(params);
  elu_moments m;
  detail::Check("elu::moments_of_normal", elu_moments_of_normal(mu, sigma, &p, &m), params);
  return {m.mean, m.second_moment, m.variance, m.derivative_second_moment};
}

/// 1 / sqrt(E[f(z)^2]), z ~ N(0, 1): weights with standard deviation gain / sqrt(fan_in) keep the second moment of a
/// signal from layer to layer. sqrt(2) for alpha 0, which is ReLU. Infinite for scale 0.
/// Error: relative, below 1e-12. Throws std::invalid_argument unless the parameters are admitted.
/// Source: He, Zhang, Ren, Sun, "Delving Deep into Rectifiers", ICCV 2015, with ELU in the place of ReLU.
inline double initialisation_gain(Params params = {}) {
  const elu_params p = detail::ToC(params);
  double gain;
  detail::Check("elu::initialisation_gain", elu_initialisation_gain(&p, &gain), params);
  return gain;
}

}  // namespace elu

#endif  // ELU_STATISTICS_HPP_
