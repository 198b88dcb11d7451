// Every difference that would cancel is carried as a quantity of its own. docs/statistics.md derives the formulas.
#include "src/truncated_normal.h"

#include <cmath>
#include <numbers>

namespace elu::statistics {
namespace {

constexpr double kSqrtHalf = std::numbers::sqrt2 / 2;
constexpr double kInverseSqrt2Pi = std::numbers::inv_sqrtpi * kSqrtHalf;

// P(n <= x). Its relative error grows with x^2 for x < 0: used for x >= -1.
double Probability(double x) { return std::erfc(-x * kSqrtHalf) / 2; }

// Where the fractions below start.
//   source: what lies beyond term K is damped by about exp(-2 a sqrt(K)), since r_k^2 / k tends to 1 - a / sqrt(k)
//   choice: exp(-40) = 2^-57.7; 30 terms more for large a, where the estimate holds for large k only
//   check:  statistics_test compares with quadrature on both sides of a = 1, where 430 terms are taken
int Depth(double a) { return static_cast<int>(400 / (a * a)) + 30; }

// R(a) = P(n > a) / density(a), Mills' ratio, is 1 / (a + r_1(a)) with r_k(a) = k / (a + r_{k+1}(a)) (Laplace, 1805).
// y_j = 1 / R(a + j b), and what the values at neighbouring points differ by, computed without a subtraction of them:
//   d01 = (y_1 - y_0) / b, d12 = (y_2 - y_1) / b, bend = (d01 - d12) / b
struct MillsReciprocals {
  double y0, y1, y2, d01, d12, bend;
};

// The differences of r_k follow from those of r_{k+1}: with s = r_k(a) r_k(a') / k, (r_k(a') - r_k(a)) / (a' - a) =
// -s (1 + the same for k + 1). a >= 1.
MillsReciprocals ReciprocalsOfMills(double a, double b) {
  const double a1 = a + b, a2 = a + 2 * b;
  double r0 = 0, r1 = 0, r2 = 0, d01 = 1, d12 = 1, d02 = 1, bend = 0;  // d = 1 + the difference quotient of r
  for (int k = Depth(a); k > 0; --k) {
    r0 = k / (a + r0);
    r1 = k / (a1 + r1);
    r2 = k / (a2 + r2);
    const double s01 = r0 * r1 / k, s12 = r1 * r2 / k, s02 = r0 * r2 / k;
    bend = -2 * (r1 / k) * s02 * d02 * d01 - s12 * bend;
    d01 = 1 - s01 * d01;
    d12 = 1 - s12 * d12;
    d02 = 1 - s02 * d02;
  }
  return {a + r0, a1 + r1, a2 + r2, d01, d12, bend};
}

// t >= 1. E[e^{cu} | u <= 0] = R(t + c) / R(t).
NegativePart BeyondOneSigma(const Standardised& u, double b) {
  const MillsReciprocals m = ReciprocalsOfMills(u.t, b);
  const double mean = m.y0 / m.y1;
  return {u.density / m.y0, mean, b / m.y1 * m.d01, b / m.y1 * (b / m.y2) * mean * (m.d01 * m.d12 + m.y1 * m.bend)};
}

// t < 1, b < 1/2: the series of E[e^{bn} - 1; n <= -t] and E[(e^{bn} - 1)^2; n <= -t] in the moments
// M_k = E[n^k; n <= T], T = -t: M_{k+1} = k M_{k-1} - T^k density(T). Terms fall like 1 / k!!, 40!! = 2^81.
NegativePart LittleCurved(const Standardised& u, double b, double bt) {
  const double probability = Probability(-u.t);
  double moment = -u.density, before = probability;  // M_k, M_{k-1}
  double edge = u.density;                           // T^{k-1} density(T)
  double factor = b, power = 2;                      // b^k / k!, 2^k
  double first = 0, second = 0;
  for (int k = 1; k <= 40; ++k) {
    first += factor * moment;
    second += factor * (power - 2) * moment;
    edge *= -u.t;
    const double next = k * before - edge;
    before = moment;
    moment = next;
    factor *= b / (k + 1);
    power *= 2;
  }
  first /= probability;
  second /= probability;
  const double at_t = std::exp(bt);
  return {probability, at_t * (1 + first), -(at_t * first + std::expm1(bt)), at_t * at_t * (second - first * first)};
}

// E[e^{cu}; u <= 0] for t < 1; ct = c * t. With Mills' ratio where exp and the probability would leave the range of
// doubles in opposite directions. Two factors rather than exp(ct + c^2 / 2), which rounds its sum: the variance below
// subtracts what c = b and c = 2b give, and takes only those errors out of it that both have in common, that of ct.
double Exponential(const Standardised& u, double c, double ct) {
  if (u.t + c >= 1) return u.density / ReciprocalsOfMills(u.t + c, 0).y0;
  const double exponential = ct > -700 ? std::exp(ct) * std::exp(c * c / 2) : std::exp(ct + c * c / 2);
  return exponential * Probability(-(u.t + c));
}

// t < 1, b >= 1/2: the variance is at least 1/28 of what it is subtracted from, at t = 1 and b = 1/2.
NegativePart WellCurved(const Standardised& u, double b, double bt) {
  const double probability = Probability(-u.t);
  const double mean = Exponential(u, b, bt) / probability;
  return {probability, mean, 1 - mean, Exponential(u, 2 * b, 2 * bt) / probability - mean * mean};
}

}  // namespace

// density takes the rounding errors of t and t^2 along, since it multiplies them by up to t^2 = 1490.
Standardised Standardise(double mu, double sigma) {
  const double t = mu / sigma, square = t * t;
  if (square > 1500) return {t, 0};  // exp(-750) = 2^-1082 underflows
  const double rest = std::fma(-t, sigma, mu) / sigma;
  return {t, kInverseSqrt2Pi * std::exp(-square / 2) * (1 - std::fma(t, t, -square) / 2 - t * rest)};
}

PositivePart Positive(const Standardised& u) {
  if (u.t < -1) {
    double r1 = 0, r2 = 0;
    for (int k = Depth(u.t); k > 0; --k) {
      r2 = r1;
      r1 = k / (r1 - u.t);
    }
    return {u.density / (r1 - u.t), r1, r1 * (r2 - r1)};
  }
  const double probability = Probability(u.t), ratio = u.density / probability, mean = u.t + ratio;
  return {probability, mean, 1 - ratio * mean};
}

NegativePart Negative(const Standardised& u, double b, double bt) {
  if (u.t >= 1) return BeyondOneSigma(u, b);
  return b < 0.5 ? LittleCurved(u, b, bt) : WellCurved(u, b, bt);
}

}  // namespace elu::statistics
