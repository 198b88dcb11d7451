// Scalar sums of two doubles, high + low. Written apart from the kernels' vectors, on std::fma.
#ifndef ELU_SRC_REFERENCE_PAIR_H_
#define ELU_SRC_REFERENCE_PAIR_H_

#include <cmath>

namespace elu::reference {

struct Pair {
  double high, low;
};

// A number far beyond the exponents of double: value * 2^exponent.
struct Scaled {
  Pair value;
  int exponent = 0;
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

// a * b, relative error below 2^-101.
inline Pair Product(Pair a, Pair b) {
  const Pair p = Product(a.high, b.high);
  return Sum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

}  // namespace elu::reference

#endif  // ELU_SRC_REFERENCE_PAIR_H_
