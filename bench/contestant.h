// What the benchmark asks of every implementation, ours and those of others.
#ifndef ELU_BENCH_CONTESTANT_H_
#define ELU_BENCH_CONTESTANT_H_

#include <elu/elu.h>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace bench {

// A function of elu.h on one of its number types.
struct Task {
  std::string function;  // forward, derivative, backward, backward_from_output
  std::string dtype;     // f32, f64, f16, bf16
  elu_params params = {1, 1, 1};
};

// n numbers of the task's type each; dy is what the backward functions take, x is theirs too (or the output).
struct Arrays {
  const void* x;
  const void* dy;
  void* y;
  size_t n;
  bool result_in_y = false;  // whether y is read afterwards: a peer of another process leaves it out otherwise
};

struct Call {
  std::function<void()> run;        // empty: the contestant does not offer the task
  const double* seconds = nullptr;  // what the last run took, where the contestant has a clock of its own
};

struct Contestant {
  std::string name, version;
  std::function<Call(const Task&, const Arrays&)> prepare;
  std::string absent = {};    // why it cannot take part; then there is no prepare
  bool only_by_name = false;  // takes part only in comparisons that name it
  bool computes_elu = true;   // memcpy and ReLU do not
};

// What the shared object of a peer exports: adds its contestants to the list.
using AddContestants = void(std::vector<Contestant>*);
inline constexpr char kAddContestants[] = "elu_bench_add_contestants";

}  // namespace bench

#endif  // ELU_BENCH_CONTESTANT_H_
