// What elu verify found, as a table or as JSON on standard output; its progress on a terminal.
#ifndef ELU_CLI_VERIFY_REPORT_H_
#define ELU_CLI_VERIFY_REPORT_H_

#include <cstddef>

#include "program/progress.h"
#include "src/proof/proof.h"

namespace elu::cli {

class VerifyReport {
 public:
  explicit VerifyReport(bool json);

  // As ProgressLine.
  void Progress(const proof::Job& job, double part);

  // One row. Returns whether the promise was kept.
  bool Add(const proof::Job& job, const proof::Result& result);

  void Finish();

 private:
  bool json_;
  program::ProgressLine progress_{program::kPatience};
  std::size_t rows_ = 0;
};

}  // namespace elu::cli

#endif  // ELU_CLI_VERIFY_REPORT_H_
