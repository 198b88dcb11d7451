// Timing of elu's kernels beside memcpy and ReLU: all take turns, round after round, so that a busy machine slows all.
#ifndef ELU_CLI_TIMING_ROUNDS_H_
#define ELU_CLI_TIMING_ROUNDS_H_

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "cli/kernel/selection.h"
#include "cli/timing/relu.h"
#include "program/clock.h"

namespace elu::cli {

using program::Clock;

struct Measurement {
  std::string function, accuracy;  // "memcpy" and "relu" have no accuracy
  const Dtype* dtype;
  std::size_t n, rounds;
  double ns, lower, upper;    // nanoseconds an element: median and quartiles
  double gigabytes;           // a second, read and written
  double to_memcpy, to_relu;  // the median divided by theirs
};

// A function without a kernel, of numbers of the kernels' type.
struct Peer {
  std::string name;
  SimpleFunction function;
};

// memcpy, ReLU, then the kernels, which are all of one type, then the peers, of normal numbers: rounds until the next
// might end after `end`, at least one.
std::vector<Measurement> MeasureInTurns(const std::vector<Kernel>& kernels, const Params& params, std::size_t n,
                                        Clock::time_point end, const std::vector<Peer>& peers = {});

}  // namespace elu::cli

#endif  // ELU_CLI_TIMING_ROUNDS_H_
