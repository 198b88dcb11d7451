#include "src/reference/exact.h"

#include <mpfr.h>

#include <algorithm>
#include <cmath>

namespace elu::reference::exact {
namespace {

// exp and expm1 of an exact argument are rounded toward zero to kFunctionBits; every other operation is exact in
// kBits (at most kFunctionBits + 6 * 53 for products; y + scale * alpha spans at most 2^100 to 2^-1074, and its two
// factors have 106 bits). So the final value is at most 2^-399 below the true one in magnitude and never above it:
// where the true value stays strictly below a tie, as |f| < |scale * alpha| and |f| < |scale * alpha * input_scale * x|
// do, so does it.
constexpr mpfr_prec_t kFunctionBits = 400, kBits = 1300;

// For z below this e^z cannot carry |f| from one side of a tie, a number of 212 bits, to the other, nor any product
// with it, below 2^(2 * 1024 + 100) e^z, into the range of a format.
constexpr double kLowest = -2500.0;

// What a thread has asked of MPFR; it takes the constants along that MPFR keeps for it.
struct Use {
  std::size_t calls = 0;
  ~Use() { mpfr_free_cache(); }
};
thread_local Use use;

class Number {
 public:
  explicit Number(double v, mpfr_prec_t bits = kBits) {
    mpfr_init2(v_, bits);
    mpfr_set_d(v_, v, MPFR_RNDN);
  }
  ~Number() { mpfr_clear(v_); }
  Number(const Number&) = delete;
  Number& operator=(const Number&) = delete;

  Number& Multiply(double factor) {
    if (factor != 1.0) mpfr_mul_d(v_, v_, factor, MPFR_RNDN);
    return *this;
  }
  Number& Multiply(const Factors& factors) {
    for (const double factor : factors) Multiply(factor);
    return *this;
  }
  mpfr_ptr Get() { return v_; }

  // The nearest double, its exponent apart, and what is missing from there: rounded toward zero, so that it does not
  // reach half a unit, but never to 0.
  Scaled Split() {
    long exponent = 0;
    const double high = mpfr_get_d_2exp(&exponent, v_, MPFR_RNDN);
    mpfr_mul_2si(v_, v_, -exponent, MPFR_RNDN);
    mpfr_sub_d(v_, v_, high, MPFR_RNDN);
    const double low = mpfr_get_d(v_, MPFR_RNDZ);
    return {{high, low == 0.0 ? mpfr_sgn(v_) * 0x1p-1000 : low}, static_cast<int>(exponent)};
  }

 private:
  mpfr_t v_;
};

using Function = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);

// function(input_scale * x) * factors
Scaled FunctionTimes(Function function, double x, double input_scale, const Factors& factors) {
  ++use.calls;
  Number z(std::max(x, kLowest / input_scale));
  z.Multiply(input_scale);
  Number value(0.0, kFunctionBits), product(0.0);
  function(value.Get(), z.Get(), MPFR_RNDZ);
  mpfr_set(product.Get(), value.Get(), MPFR_RNDN);
  return product.Multiply(factors).Split();
}

}  // namespace

Scaled BelowZero(double x, const elu_params& p) {
  return FunctionTimes(mpfr_expm1, x, p.input_scale, {p.scale, p.alpha, 1, 1, 1, 1});
}

Scaled SlopeBelowZero(double x, double input_scale, const Factors& factors) {
  return FunctionTimes(mpfr_exp, x, input_scale, factors);
}

Scaled SlopeFromOutput(double dy, double y, const elu_params& p) {
  ++use.calls;
  Number sum(p.scale);
  mpfr_add_d(sum.Get(), sum.Multiply(p.alpha).Get(), y, MPFR_RNDN);
  return sum.Multiply(p.input_scale).Multiply(dy).Split();
}

Scaled Product(const Factors& factors) {
  ++use.calls;
  return Number(1.0).Multiply(factors).Split();
}

std::size_t Calls() { return use.calls; }

}  // namespace elu::reference::exact
