// A normal variable seen from one side of a threshold: what the moments of ELU are made of.
//
// z ~ N(mu, sigma^2) is measured in units of sigma: u = z / sigma = t + n with t = mu / sigma, n ~ N(0, 1).
#ifndef ELU_SRC_TRUNCATED_NORMAL_H_
#define ELU_SRC_TRUNCATED_NORMAL_H_

namespace elu::statistics {

struct Standardised {
  double t;        // mu / sigma
  double density;  // exp(-t^2 / 2) / sqrt(2 pi)
};

Standardised Standardise(double mu, double sigma);

// What is known of u given u > 0.
struct PositivePart {
  double probability;  // P(u > 0)
  double mean, variance;
};

// What is known of e^{bu} given u <= 0. The mean and its distance from 1 are both kept: either may be tiny.
struct NegativePart {
  double probability;  // P(u <= 0)
  double mean;         // E[e^{bu} | u <= 0]
  double drop;         // E[1 - e^{bu} | u <= 0]
  double variance;
};

// Relative errors are below 5e-13 for members above 1e-290; smaller ones may underflow. Arguments of magnitudes up to
// 2^200 give neither NaN nor infinity.
PositivePart Positive(const Standardised& u);

// b > 0; bt = b * t, rounded once.
NegativePart Negative(const Standardised& u, double b, double bt);

}  // namespace elu::statistics

#endif  // ELU_SRC_TRUNCATED_NORMAL_H_
