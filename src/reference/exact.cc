#include "reference/exact.h"

#include <mpfr.h>

#include <algorithm>
#include <initializer_list>

namespace elu::reference::exact {
namespace {

// exp and expm1 of an exact argument are rounded toward zero to kFunctionBits; every other operation is exact in
// kBits (at most kFunctionBits + 4 * 53 for products; y + scale * alpha spans at most 2^100 to 2^-149 and 106 bits).
// So the final value is at most 2^-399 below the true one in magnitude and never above it: where the true value
// stays strictly below a tie, as |f| < |scale * alpha| and |f| < |scale * alpha * input_scale * x| do, so does it.
constexpr mpfr_prec_t kFunctionBits = 400, kBits = 700;

// e^z for z below this is too small to carry |f| from one side of a tie, a number of 159 bits, to the other.
constexpr double kLowest = -1000.0;

thread_local std::size_t calls = 0;

class Number {
 public:
  explicit Number(double v, mpfr_prec_t bits = kBits) {
    mpfr_init2(v_, bits);
    mpfr_set_d(v_, v, MPFR_RNDN);
  }
  ~Number() { mpfr_clear(v_); }
  Number(const Number&) = delete;
  Number& operator=(const Number&) = delete;

  Number& Multiply(std::initializer_list<double> factors) {
    for (const double factor : factors) mpfr_mul_d(v_, v_, factor, MPFR_RNDN);
    return *this;
  }
  mpfr_ptr Get() { return v_; }
  float Round() const { return mpfr_get_flt(v_, MPFR_RNDN); }

 private:
  mpfr_t v_;
};

using Function = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);

// function(input_scale * x) * factors
float FunctionTimes(Function function, float x, double input_scale, std::initializer_list<double> factors) {
  ++calls;
  Number z(std::max(static_cast<double>(x), kLowest / input_scale));
  z.Multiply({input_scale});
  Number value(0.0, kFunctionBits), product(0.0);
  function(value.Get(), z.Get(), MPFR_RNDZ);
  mpfr_set(product.Get(), value.Get(), MPFR_RNDN);
  return product.Multiply(factors).Round();
}

}  // namespace

float BelowZero(float x, const elu_params& p) {
  return FunctionTimes(mpfr_expm1, x, p.input_scale, {p.scale, p.alpha});
}

float SlopeBelowZero(float dy, float x, const elu_params& p) {
  return FunctionTimes(mpfr_exp, x, p.input_scale, {p.scale, p.alpha, p.input_scale, dy});
}

float SlopeFromOutput(float dy, float y, const elu_params& p) {
  ++calls;
  Number sum(p.scale);
  sum.Multiply({p.alpha});
  mpfr_add_d(sum.Get(), sum.Get(), y, MPFR_RNDN);
  return sum.Multiply({p.input_scale, dy}).Round();
}

float Product(double a, double b) {
  ++calls;
  return Number(a).Multiply({b}).Round();
}

std::size_t Calls() { return calls; }

}  // namespace elu::reference::exact
