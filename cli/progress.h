// How far a long command is, for who watches it in a terminal.
#ifndef ELU_CLI_PROGRESS_H_
#define ELU_CLI_PROGRESS_H_

#include <chrono>
#include <string>

namespace elu::cli {

// A line on standard error that replaces itself, ten times a second at most, from half a second on; nothing unless that
// is a terminal. Of one thread.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine() { Clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // `part` of it is done, from 0 to 1.
  void Show(const std::string& what, double part);

  // Removes the line.
  void Clear();

 private:
  bool terminal_, shown_ = false;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace elu::cli

#endif  // ELU_CLI_PROGRESS_H_
