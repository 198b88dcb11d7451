// What was measured, as lines on stderr and as JSON (schema: bench/README.md).
#ifndef ELU_BENCH_RESULTS_H_
#define ELU_BENCH_RESULTS_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench/contestant.h"
#include "bench/errors.h"

namespace bench {

struct Row {
  std::string contestant;
  Task task;
  std::string input;
  size_t n;
};

class Results {
 public:
  explicit Results(const std::vector<Contestant>& contestants);

  // Seconds of one call, one for each repetition.
  void Add(const Row& row, std::vector<double> seconds);
  void EndComparison();  // those added since the last were timed in turns
  // Over so many inputs.
  void Add(const std::string& contestant, const Task& task, size_t inputs, const Errors& errors);
  void Write(const std::string& path) const;

 private:
  nlohmann::json json_;
  int comparison_ = 0;
};

}  // namespace bench

#endif  // ELU_BENCH_RESULTS_H_
