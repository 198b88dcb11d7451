// What is measured: comparisons, within each of which all calls take turns.
#ifndef ELU_BENCH_PLAN_H_
#define ELU_BENCH_PLAN_H_

#include <string>
#include <vector>

#include "bench/contestant.h"

namespace bench {

struct Series {
  Task task;
  std::string input = "normal";
  std::vector<std::string> contestants = {};  // none: everyone who offers the task
};

struct Comparison {
  size_t n;
  std::vector<Series> series;
};

// "full"; "quick": fewer, without the largest arrays; "avx2": what is compared with one instruction set forced.
// Empty for any other name.
std::vector<Comparison> Plan(const std::string& name);

// Tasks for which errors are measured.
std::vector<Task> ErrorTasks();

}  // namespace bench

#endif  // ELU_BENCH_PLAN_H_
