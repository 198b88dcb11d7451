// What elu verify found, as a table or as JSON on standard output; its progress on a terminal.
#ifndef ELU_CLI_VERIFY_REPORT_H_
#define ELU_CLI_VERIFY_REPORT_H_

#include <cstddef>

#include "proof/proof.h"

namespace elu::cli {

class VerifyReport {
 public:
  explicit VerifyReport(bool json);

  // A line on standard error that the next one replaces; nothing unless that is a terminal.
  void Progress(const proof::Job& job, double part);

  // One row. Returns whether the promise was kept.
  bool Add(const proof::Job& job, const proof::Result& result);

  void Finish();

 private:
  bool json_, terminal_;
  std::size_t rows_ = 0;
};

}  // namespace elu::cli

#endif  // ELU_CLI_VERIFY_REPORT_H_
