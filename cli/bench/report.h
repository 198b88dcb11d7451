// What elu bench measured, as a table with bars or as JSON on standard output.
#ifndef ELU_CLI_BENCH_REPORT_H_
#define ELU_CLI_BENCH_REPORT_H_

#include <vector>

#include "cli/timing/rounds.h"

namespace elu::cli {

class BenchReport {
 public:
  // Names the machine.
  BenchReport(bool json, const Params& params);

  // The results for one type and size.
  void Add(const std::vector<Measurement>& results);

  // The bars: time against size of the first function in the first type.
  void Finish();

 private:
  bool json_;
  std::vector<Measurement> all_;
};

}  // namespace elu::cli

#endif  // ELU_CLI_BENCH_REPORT_H_
