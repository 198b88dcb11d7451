// Scalar sums of two doubles for the reference. Written apart from the kernels' vectors, on std::fma.
#ifndef ELU_SRC_REFERENCE_PAIR_H_
#define ELU_SRC_REFERENCE_PAIR_H_

#include <cmath>
#include <optional>

namespace elu::reference {

struct Pair {
  double high, low;
};

// a + b exactly (Knuth's TwoSum).
inline Pair Sum(double a, double b) {
  const double s = a + b;
  const double b_part = s - a;
  return {s, (a - (s - b_part)) + (b - b_part)};
}

// a * b exactly.
inline Pair Product(double a, double b) {
  const double p = a * b;
  return {p, std::fma(a, b, -p)};
}

// a * b, relative error below 2^-103.
inline Pair Product(Pair a, double b) {
  const Pair p = Product(a.high, b);
  return Sum(p.high, p.low + a.low * b);
}

// The float nearest to v, if the same for every number within relative error `error` >= 2^-53 of v.
inline std::optional<float> Round(double v, double error) {
  if (v == 0.0) return static_cast<float>(v);  // the sum below would lose the sign
  const auto low = static_cast<float>(v - v * error), high = static_cast<float>(v + v * error);
  if (low != high) return std::nullopt;
  return low;
}

// The same for a pair. Both ends are rounded to odd, so that the second rounding cannot meet a false tie.
inline std::optional<float> Round(Pair v, double error) {
  const auto to_float = [](Pair p) {
    const Pair q = Sum(p.high, p.low);
    if (q.low == 0.0) return static_cast<float>(q.high);
    const double inward = std::nextafter(q.high, 0.0), outward = q.high + (q.high - inward);
    const bool odd = std::fmod(std::scalbn(q.high, 52 - std::ilogb(q.high)), 2.0) != 0.0;
    if (odd) return static_cast<float>(q.high);
    return static_cast<float>(std::signbit(q.low) == std::signbit(q.high) ? outward : inward);
  };
  const float low = to_float({v.high, v.low - v.high * error}), high = to_float({v.high, v.low + v.high * error});
  if (low != high) return std::nullopt;
  return low;
}

}  // namespace elu::reference

#endif  // ELU_SRC_REFERENCE_PAIR_H_
