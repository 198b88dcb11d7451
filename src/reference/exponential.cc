#include "src/reference/exponential.h"

#include <mpfr.h>

#include <array>
#include <cmath>

namespace elu::reference {
namespace {

constexpr int kSteps = 4096;

// ln(2) / 4096 in three parts, the first two floats, so that k times them is exact for |k| < 2^29, and the entries
// 2^(k / 4096) in two doubles (2^-106).
struct Table {
  double inverse, step[3];
  std::array<Pair, kSteps> power;

  Table() {
    mpfr_t v;
    mpfr_init2(v, 200);
    mpfr_const_log2(v, MPFR_RNDN);
    mpfr_div_ui(v, v, kSteps, MPFR_RNDN);
    inverse = 1.0 / mpfr_get_d(v, MPFR_RNDN);
    for (double& part : step) {
      part = mpfr_get_d(v, MPFR_RNDN);
      if (&part != &step[2]) part = static_cast<float>(part);
      mpfr_sub_d(v, v, part, MPFR_RNDN);
    }
    for (int k = 0; k < kSteps; ++k) {
      mpfr_set_d(v, static_cast<double>(k) / kSteps, MPFR_RNDN);
      mpfr_exp2(v, v, MPFR_RNDN);
      power[static_cast<std::size_t>(k)].high = mpfr_get_d(v, MPFR_RNDN);
      mpfr_sub_d(v, v, power[static_cast<std::size_t>(k)].high, MPFR_RNDN);
      power[static_cast<std::size_t>(k)].low = mpfr_get_d(v, MPFR_RNDN);
    }
    mpfr_clear(v);
    mpfr_free_cache();
  }
};

// e^z = 2^exponent (power + change.high + change.low), |change| < 2^-12.4 power.
struct Parts {
  int exponent;
  double power;
  Pair change;
};

// With k the integer nearest to 4096 z / ln 2 and r = z - k ln(2) / 4096, |r| <= 2^-13.5,
//     e^z = 2^(k / 4096) (1 + r + (r^2/2 + ... + r^5/120)).
// z - k step[0] is exact (Sterbenz), and so are both products. Absolute errors beside 1: r's third part 2^-95, the
// product of r's two parts, left out, 2^-80, the series' roundings 2^-79.5, its end 2^-90, the last sums 2^-80;
// together below 2^-78 times the power of at most 2. The exact product of power and r keeps its two parts.
Parts Reduce(Pair z) {
  static const Table table;
  const double k = std::nearbyint(z.high * table.inverse);
  const Pair most = Sum(z.high - k * table.step[0], -k * table.step[1]);
  const Pair r = Sum(most.high, most.low + (z.low - k * table.step[2]));
  const double h = r.high;
  const double tail = r.low + h * h * (0.5 + h * (1.0 / 6.0 + h * (1.0 / 24.0 + h * (1.0 / 120.0))));
  const int whole = static_cast<int>(k), index = whole & (kSteps - 1);
  const Pair power = table.power[static_cast<std::size_t>(index)];
  const Pair product = Product(power.high, h);
  const double rest = product.low + (power.low + (power.high * tail + power.low * h));
  return {(whole - index) / kSteps, power.high, {product.high, rest}};
}

}  // namespace

Scaled Exp(Pair z) {
  const Parts e = Reduce(z);
  const Pair sum = Sum(e.power, e.change.high);
  return {Sum(sum.high, sum.low + e.change.low), e.exponent};
}

// 2^exponent power - 1 is a sum of two doubles; with the change it cancels to about z at worst.
Pair Expm1(Pair z) {
  const Parts e = Reduce(z);
  const double factor = std::scalbn(1.0, e.exponent);
  const Pair most = Sum(factor * e.power, -1.0), sum = Sum(most.high, factor * e.change.high);
  return Sum(sum.high, sum.low + (most.low + factor * e.change.low));
}

// The absolute error of 2^-77 e^z weighs 1 / |z| as much; where k = 0 the result is the change itself, and its errors
// are those of r^2/2, beside r.
double Expm1Error(double z) {
  const double size = std::fabs(z);
  return 0x1p-76 + (size > 0x1p-14 ? 0x1p-76 / size : size * 0x1p-49);
}

}  // namespace elu::reference
