#include "cli/textbook/properties.h"

#include <cstdint>
#include <limits>

namespace elu::cli {

double At(const ArrayFunction& f, double x) { return f({x}).front(); }

double LimitBelow(const ArrayFunction& f) { return At(f, -std::numeric_limits<double>::infinity()); }

double LastWithValue(const Dtype& dtype, const ArrayFunction& f, double value) {
  std::uint64_t above = 0, at = dtype.infinity;  // bits of -x
  while (at - above > 1) {
    const std::uint64_t middle = above + (at - above) / 2;
    (At(f, -dtype.number(middle)) == value ? at : above) = middle;
  }
  return -dtype.number(at);
}

std::vector<double> IncreasingNumbers(const Dtype& dtype) {
  constexpr std::uint64_t kHalfSample = 524'309;  // a prime, so that the stride shares no pattern with the bits
  const std::uint64_t stride = dtype.infinity / kHalfSample | 1U;  // odd: all endings of a significand occur
  std::vector<double> numbers;
  for (std::uint64_t bits = dtype.infinity - 1; bits >= stride; bits -= stride) numbers.push_back(-dtype.number(bits));
  for (std::uint64_t bits = 0; bits < dtype.infinity; bits += stride) numbers.push_back(dtype.number(bits));
  return numbers;
}

std::size_t CountFalls(const ArrayFunction& f, const std::vector<double>& increasing) {
  const std::vector<double> y = f(increasing);
  std::size_t falls = 0;
  for (std::size_t i = 1; i < y.size(); ++i) falls += y[i] < y[i - 1] ? 1 : 0;
  return falls;
}

}  // namespace elu::cli
