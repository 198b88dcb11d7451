// The largest error that a contestant makes.
#ifndef ELU_BENCH_ERRORS_H_
#define ELU_BENCH_ERRORS_H_

#include <optional>
#include <vector>

#include "bench/contestant.h"

namespace bench {

// |computed - f(x)| in units in the last place of f(x) rounded to the number type, and the x that shows it. A NaN, or
// an infinity that should be none, is an infinite error.
struct Worst {
  double ulp = 0, x = 0;
};

struct Errors {
  Worst normal;     // of all x and f(x) that are normal numbers
  Worst subnormal;  // of the others: many libraries take them for zeros
};

// Inputs of a task of forward, with f(x) in long double, of which the C library's expm1l knows more digits than any of
// the number types has: every 1009th finite float, all finite numbers of 16 bits, 2^20 doubles of all magnitudes.
class ErrorMeter {
 public:
  explicit ErrorMeter(const Task& task);
  size_t inputs() const { return exact_.size(); }
  // Nothing where the contestant does not offer the task.
  std::optional<Errors> Measure(const Contestant& contestant) const;

 private:
  Task task_;
  std::vector<std::byte> x_;
  std::vector<long double> exact_;
};

}  // namespace bench

#endif  // ELU_BENCH_ERRORS_H_
