// Moments of f(z), z ~ N(mu, sigma^2), against quadrature in long double, which shares nothing with src/statistics.cc.
#include "elu/statistics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <iostream>
#include <limits>
#include <map>
#include <numbers>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace elu {
namespace {

using Real = long double;

constexpr double kPromise = 1e-12;    // elu.h
constexpr double kSmallest = 1e-290;  // below it results may underflow
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct Rule {
  std::vector<Real> points, weights;
};

// Gauss and Legendre's rule on [0, 1], the roots by Newton's iteration.
Rule GaussLegendre(int n) {
  Rule rule;
  for (int j = 0; j < n; ++j) {
    Real x = std::cos(std::numbers::pi_v<Real> * (j + 0.75L) / (n + 0.5L)), slope = 0;
    for (int step = 0; step < 8; ++step) {
      Real before = 0, value = 1;
      for (int k = 1; k <= n; ++k) {
        const Real next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
        before = std::exchange(value, next);
      }
      slope = n * (x * value - before) / (x * x - 1);
      x -= value / slope;
    }
    rule.points.push_back((1 + x) / 2);
    rule.weights.push_back(1 / ((1 - x * x) * slope * slope));
  }
  return rule;
}

// A point z of the integral with its share of the probability.
struct Node {
  Real weight, z, exponential, drop;  // exp(input_scale * z) and 1 - that, for z <= 0
};

// One side of the kink: panels of width 1 in units of sigma, halved toward the kink down to 1e-6, which resolves
// exp(input_scale * z) for input_scale * sigma up to 1e4. Beyond 15 sigma from the peaks lies less than 1e-49.
void AppendSide(Real mu, Real sigma, Real input_scale, int side, std::vector<Node>& nodes) {
  static const Rule rule = GaussLegendre(20);
  const Real t = mu / sigma, b = input_scale * sigma, peak = side * t;
  const Real nearest = side > 0 ? peak : peak - 2 * b;  // exp(2 input_scale z) moves the peak toward the kink
  const Real end = std::fmax(peak, 0.0L) + 15;
  Real from = std::fmax(nearest - 15, 0.0L), width = from > 0 ? 1 : 1e-6L;
  while (from < end) {
    for (std::size_t j = 0; j < rule.points.size(); ++j) {
      const Real u = side * (from + width * rule.points[j]), n = u - t;
      const Real density = std::exp(-n * n / 2) / std::sqrt(2 * std::numbers::pi_v<Real>);
      const Real exponent = std::fmin(b * u, 0.0L);  // 0 where it is not used
      nodes.push_back({width * rule.weights[j] * density, sigma * u, std::exp(exponent), -std::expm1(exponent)});
    }
    from += width;
    width = std::fmin(2 * width, 1.0L);
  }
}

std::vector<Node> Nodes(double mu, double sigma, double input_scale) {
  std::vector<Node> nodes;
  for (const int side : {-1, 1}) AppendSide(mu, sigma, input_scale, side, nodes);
  return nodes;
}

struct Expected {
  Real mean = 0, magnitude = 0, second_moment = 0, variance = 0, derivative = 0;  // magnitude: E|f|
};

// The variance is the integral of (F - E[F])^2 with F = f + scale * alpha, which stays precise where f saturates.
Expected Integrate(const std::vector<Node>& nodes, const Params& p) {
  const Real scale = p.scale, limit = scale * p.alpha, slope = limit * p.input_scale;
  Expected e;
  Real total = 0, lifted_mean = 0;
  const auto lifted = [&](const Node& n) { return n.z > 0 ? scale * n.z + limit : limit * n.exponential; };
  for (const Node& n : nodes) {
    const Real f = n.z > 0 ? scale * n.z : -limit * n.drop;
    const Real derivative = n.z > 0 ? scale : slope * n.exponential;
    total += n.weight;
    lifted_mean += n.weight * lifted(n);
    e.mean += n.weight * f;
    e.magnitude += n.weight * std::fabs(f);
    e.second_moment += n.weight * f * f;
    e.derivative += n.weight * derivative * derivative;
  }
  lifted_mean /= total;
  for (const Node& n : nodes) e.variance += n.weight * (lifted(n) - lifted_mean) * (lifted(n) - lifted_mean);
  return e;
}

// The worst relative error of each moment so far, and where.
std::map<std::string, std::pair<double, std::string>> worst;

void ExpectNear(const char* name, double value, Real expected, Real magnitude, const std::string& where) {
  if (magnitude < kSmallest) {
    EXPECT_LE(std::fabs(value), 2 * kSmallest) << name << where;
    return;
  }
  const double error = static_cast<double>(std::fabs((static_cast<Real>(value) - expected) / magnitude));
  EXPECT_LE(error, kPromise) << name << where << ": " << value << ", expected " << expected;
  worst[name] = std::max(worst[name], {error, where});
}

void ExpectAsIntegrated(double mu, double sigma, const Params& p, const std::vector<Node>& nodes) {
  const Expected e = Integrate(nodes, p);
  const Moments m = moments_of_normal(mu, sigma, p);
  std::ostringstream where;
  where << " at mu " << mu << ", sigma " << sigma << ", alpha " << p.alpha << ", scale " << p.scale << ", input_scale "
        << p.input_scale;
  ExpectNear("mean", m.mean, e.mean, e.magnitude, where.str());
  ExpectNear("second moment", m.second_moment, e.second_moment, e.second_moment, where.str());
  ExpectNear("variance", m.variance, e.variance, e.variance, where.str());
  ExpectNear("derivative", m.derivative_second_moment, e.derivative, e.derivative, where.str());
}

std::vector<Params> SetsWith(double input_scale) {
  if (input_scale != 1) return {celu(1 / input_scale), {.alpha = -0.7, .scale = 1, .input_scale = input_scale}};
  std::vector<Params> sets = {selu(), {.alpha = 1.1, .scale = -1.3}};
  for (const double alpha : {0.0, 0.1, 0.5, 1.0, 2.0, 10.0, -0.7, -5.0}) sets.push_back({.alpha = alpha});
  return sets;
}

// Where long double is made of software, as on aarch64, one point in so many is tested.
constexpr int kThinning = LDBL_MANT_DIG > 64 ? 11 : 1;

class Quadrature : public testing::Test {
 protected:
  void SetUp() override {
    if (LDBL_MANT_DIG < 64) GTEST_SKIP() << "long double is no wider than double here";
  }

  bool Taken() { return points_++ % kThinning == 0; }

  static void TearDownTestSuite() {
    for (const auto& [name, entry] : worst) std::cout << name << ": " << entry.first << entry.second << "\n";
  }

  void Compare(double mu, double sigma, double input_scale) {
    if (!Taken()) return;
    const std::vector<Node> nodes = Nodes(mu, sigma, input_scale);
    for (const Params& p : SetsWith(input_scale)) ExpectAsIntegrated(mu, sigma, p, nodes);
  }

 private:
  int points_ = 0;
};

TEST_F(Quadrature, KnowsTheNormalDistribution) {
  for (const double mu : {-6.0, -1.0, 0.0, 3.0}) {
    const Expected e = Integrate(Nodes(mu, 2, 1), {.alpha = 0});
    const Real t = mu / 2, density = std::exp(-t * t / 2) / std::sqrt(2 * std::numbers::pi_v<Real>);
    const Real probability = std::erfc(-t / std::sqrt(2.0L)) / 2;
    EXPECT_LT(std::fabs(e.derivative / probability - 1), 1e-16L);
    EXPECT_LT(std::fabs(2 * (t * probability + density) / e.mean - 1), 1e-16L);
  }
}

TEST_F(Quadrature, Grid) {
  for (const double sigma : {1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0}) {
    for (const double size : {0.0, 1e-4, 0.01, 0.1, 0.7, 2.0, 6.0, 11.0, 24.0, 36.0, 50.0}) {
      for (const double input_scale : {0.1, 1.0, 10.0}) {
        Compare(size, sigma, input_scale);
        if (size != 0) Compare(-size, sigma, input_scale);
      }
    }
  }
}

// Where src/truncated_normal.cc goes from one formula to another: mu / sigma = -1 and 1, input_scale * sigma = 1/2,
// mu / sigma + c = 1 with c = input_scale * sigma or twice that, input_scale * mu = -350.
TEST_F(Quadrature, WhereFormulasMeet) {
  for (const double step : {-1e-2, -1e-15, 0.0, 1e-15, 1e-2}) {
    for (const double sigma : {1e-3, 0.05, 1.0, 20.0, 1000.0}) {
      for (const double b : {1e-3, 0.3, 0.5 + step, 0.7, 2.0, 20.0}) {
        for (const double t : {-1 + step, 1 + step, 1 - b + step, 1 - 2 * b + step, 5.0, -36.3, -350 / b - step}) {
          Compare(t * sigma, sigma, b / sigma);
        }
      }
    }
  }
}

TEST_F(Quadrature, RandomPoints) {
  std::mt19937_64 random(4);
  std::uniform_real_distribution<double> unit(-1, 1);
  for (int k = 0; k < 1000; ++k) {
    const double sigma = std::pow(10, 3 * unit(random)), input_scale = std::pow(10, unit(random));
    const double mu = k % 2 == 0 ? 50 * unit(random) : 8 * sigma * unit(random);
    const Params p = {.alpha = 10 * unit(random), .scale = 1 + 0.5 * unit(random), .input_scale = input_scale};
    if (Taken()) ExpectAsIntegrated(mu, sigma, p, Nodes(mu, sigma, input_scale));
  }
}

TEST(Statistics, SeluKeepsMeanZeroAndVarianceOne) {
  const Moments m = moments_of_normal(0, 1, selu());
  EXPECT_NEAR(m.mean, 0, 1e-14);
  EXPECT_NEAR(m.variance, 1, 1e-14);
  EXPECT_NEAR(initialisation_gain(selu()), 1, 1e-14);
}

TEST(Statistics, AlphaZeroIsRelu) {
  const Moments m = moments_of_normal(0, 1, {.alpha = 0});
  EXPECT_NEAR(m.mean, 1 / std::sqrt(2 * std::numbers::pi), 1e-15);
  EXPECT_NEAR(m.second_moment, 0.5, 1e-15);
  EXPECT_NEAR(m.derivative_second_moment, 0.5, 1e-15);
  EXPECT_NEAR(initialisation_gain({.alpha = 0}), std::numbers::sqrt2, 1e-14);
}

TEST(Statistics, Gain) {
  EXPECT_NEAR(initialisation_gain(), 1.2452, 1e-4);
  EXPECT_EQ(initialisation_gain({.alpha = 1, .scale = -4}), initialisation_gain() / 4);
  EXPECT_EQ(initialisation_gain({.alpha = 1, .scale = 0}), kInfinity);
  double gain = 0;
  EXPECT_EQ(elu_initialisation_gain(nullptr, &gain), ELU_OK);
  EXPECT_EQ(gain, initialisation_gain());
}

void ExpectEqual(const Moments& a, const Moments& b) {
  EXPECT_EQ(a.mean, b.mean);
  EXPECT_EQ(a.second_moment, b.second_moment);
  EXPECT_EQ(a.variance, b.variance);
  EXPECT_EQ(a.derivative_second_moment, b.derivative_second_moment);
}

// Powers of two commute with rounding, so these laws hold to the bit.
TEST(Statistics, ScaleLeavesTheIntegral) {
  for (const double mu : {-3.0, -0.3, 0.0, 0.4, 5.0}) {
    const Moments one = moments_of_normal(mu, 1.5, {.alpha = 0.7});
    ExpectEqual(moments_of_normal(mu, 1.5, {.alpha = 0.7, .scale = -8}),
                {-8 * one.mean, 64 * one.second_moment, 64 * one.variance, 64 * one.derivative_second_moment});
  }
}

TEST(Statistics, UnitsOfTheInputDoNotMatter) {
  for (const double mu : {-3.0, -0.3, 0.0, 0.4, 5.0}) {
    const Moments one = moments_of_normal(mu, 1.5, {.alpha = 0.7});
    ExpectEqual(moments_of_normal(4 * mu, 6, {.alpha = 2.8, .scale = 0.25, .input_scale = 0.25}),
                {one.mean, one.second_moment, one.variance, one.derivative_second_moment / 16});
  }
}

TEST(Statistics, FiniteWhereverAdmitted) {
  const std::vector<double> sizes = {0x1p-100, 0x1p-53, 0x1p-10, 0.5, 1, 40, 0x1p30, 0x1p100};
  for (const Params& p : {Params{1, 1, 1}, Params{-1, 1, 3}, Params{0x1p100, 1, 1}, Params{0, 0x1p100, 0x1p-100},
                          Params{0x1p-100, 0x1p100, 0x1p50}, Params{0x1p50, 0x1p50, 0x1p-100}}) {
    for (const double sigma : sizes) {
      for (const double size : sizes) {
        for (const double mu : {-size, 0.0, 0x1p-1074, size}) {
          const Moments m = moments_of_normal(mu, sigma, p);
          for (const double v : {std::fabs(m.mean), m.second_moment, m.variance, m.derivative_second_moment}) {
            EXPECT_TRUE(v >= 0 && v < kInfinity) << mu << " " << sigma << " " << v;
          }
        }
      }
    }
  }
}

elu_status MomentsStatus(double mu, double sigma, const elu_params& p) {
  elu_moments m = {7, 7, 7, 7};
  const elu_status status = elu_moments_of_normal(mu, sigma, &p, &m);
  const bool untouched = m.mean == 7 && m.second_moment == 7 && m.variance == 7 && m.derivative_second_moment == 7;
  EXPECT_EQ(untouched, status != ELU_OK);
  return status;
}

TEST(Statistics, Refusals) {
  const elu_params elu = {1, 1, 1}, bad = {1, 1, 0};
  for (const double mu : {kNan, kInfinity, -kInfinity, 0x1.0000000000001p+100, -1e300}) {
    EXPECT_EQ(MomentsStatus(mu, 1, elu), ELU_ERROR_DISTRIBUTION) << mu;
    EXPECT_THROW(moments_of_normal(mu, 1), std::invalid_argument);
  }
  for (const double sigma : {kNan, kInfinity, 0.0, -0.0, -1.0, 0x1.fffffffffffffp-101, 0x1.0000000000001p+100}) {
    EXPECT_EQ(MomentsStatus(0, sigma, elu), ELU_ERROR_DISTRIBUTION) << sigma;
    EXPECT_THROW(moments_of_normal(0, sigma), std::invalid_argument);
  }
  EXPECT_EQ(MomentsStatus(0, 1, elu), ELU_OK);
  EXPECT_EQ(MomentsStatus(0, 1, bad), ELU_ERROR_PARAMETERS);
  EXPECT_EQ(elu_moments_of_normal(0, 1, &elu, nullptr), ELU_ERROR_NULL);
  EXPECT_EQ(elu_initialisation_gain(&elu, nullptr), ELU_ERROR_NULL);
  double gain = 7;
  EXPECT_EQ(elu_initialisation_gain(&bad, &gain), ELU_ERROR_PARAMETERS);
  EXPECT_EQ(gain, 7);
  EXPECT_THROW(moments_of_normal(0, 1, {.alpha = kNan}), std::invalid_argument);
  EXPECT_THROW(initialisation_gain({.input_scale = -1}), std::invalid_argument);
}

}  // namespace
}  // namespace elu
