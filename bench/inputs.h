// The arrays that contestants compute on.
#ifndef ELU_BENCH_INPUTS_H_
#define ELU_BENCH_INPUTS_H_

#include <memory>
#include <string>
#include <vector>

#include "bench/contestant.h"

namespace bench {

// Of the kinds that issues a target for every kernel: any of them may cost at most 1.3 times what "normal" costs.
std::vector<std::string> InputKinds();

// x of a kind, dy standard normal, y to write to; aligned to pages, all written to before anything is timed. For
// backward_from_output x holds outputs of the kind's inputs.
class Inputs {
 public:
  Inputs(const Task& task, const std::string& kind, size_t n);
  Arrays arrays() const { return {x_.get(), dy_.get(), y_.get(), n_}; }

 private:
  using Memory = std::shared_ptr<void>;
  Memory x_, dy_, y_;
  size_t n_;
};

}  // namespace bench

#endif  // ELU_BENCH_INPUTS_H_
