// What a few runs tell of all: 95 % intervals; medians.
#ifndef ELU_LAB_RESULTS_STATISTICS_H_
#define ELU_LAB_RESULTS_STATISTICS_H_

#include <vector>

namespace elu_lab {

struct Interval {
  double mean, low, high;
};

// The t for which P(|T| <= t) = confidence, T of Student's distribution with `freedom` degrees of freedom, 1 or more;
// relative error below 1e-12 for a confidence of 0.5 to 0.999. Throws std::invalid_argument for freedom < 1 or a
// confidence outside (0, 1).
// Source: the finite sums of Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
double StudentQuantile(int freedom, double confidence);

// mean +- t * s / sqrt(n), for the expectation of normally distributed numbers; two of them or more, else
// std::invalid_argument.
Interval MeanInterval(const std::vector<double>& numbers, double confidence);

// Between the two sorted finite numbers beside the place, linearly: `part` 0.5 gives their median. NaN without any.
double Quantile(std::vector<double> numbers, double part);

// For the difference of two shares measured on the same n >= 1 pairs: `first` pairs where the first alone is so,
// `second` where the second alone is. Does not shrink to a point where all pairs agree.
// Source: Bonett and Price, "Adjusted Wald confidence interval for a difference of binomial proportions based on paired
// data", Journal of Educational and Behavioral Statistics 37 (2012).
Interval PairedShares(int first, int second, int n, double confidence);

}  // namespace elu_lab

#endif  // ELU_LAB_RESULTS_STATISTICS_H_
