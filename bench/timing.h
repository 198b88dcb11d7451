// Times of calls that take turns.
#ifndef ELU_BENCH_TIMING_H_
#define ELU_BENCH_TIMING_H_

#include <string>
#include <vector>

#include "bench/contestant.h"

namespace bench {

struct Timed {
  std::string name;  // unique within a comparison
  Call call;
  std::vector<double> seconds = {};  // filled: of one call, averaged over a repetition, for each repetition
};

struct Rounds {
  int repetitions;
  double seconds;  // about, for one repetition; 0: a single call
};

// The repetitions of all calls in random order, so that a busy moment of the machine slows them all alike.
void TimeInTurns(std::vector<Timed>* calls, const Rounds& rounds);

// Of sorted values, between neighbours linearly; at 0.5 the median.
double Quantile(const std::vector<double>& sorted, double at);

}  // namespace bench

#endif  // ELU_BENCH_TIMING_H_
