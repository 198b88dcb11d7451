// What a person sees while waiting.
#ifndef ELU_LAB_PROGRESS_H_
#define ELU_LAB_PROGRESS_H_

#include <string>

#include "program/clock.h"

namespace elu_lab {

// A line on stderr that renews itself, on terminals; nothing elsewhere.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine() { Clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // At most ten times a second; cut to the terminal's width.
  void Show(const std::string& text);
  void Clear();

 private:
  bool terminal_, shown_ = false;
  program::Clock::time_point last_;
};

// "[#####...............]", for a part of 0 to 1.
std::string Bar(double part);

// "7:05", "1:02:09"
std::string FormatSeconds(double seconds);

}  // namespace elu_lab

#endif  // ELU_LAB_PROGRESS_H_
