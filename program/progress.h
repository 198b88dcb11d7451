// What a person sees while waiting.
#ifndef ELU_PROGRAM_PROGRESS_H_
#define ELU_PROGRAM_PROGRESS_H_

#include <chrono>
#include <string>

#include "program/clock.h"

namespace program {

// For what is mostly done before anybody wonders.
inline constexpr std::chrono::milliseconds kPatience{500};

// A line on standard error that replaces itself, ten times a second at most; nothing unless that is a terminal. Of one
// thread.
class ProgressLine {
 public:
  // Nothing is shown before so much time has passed.
  explicit ProgressLine(std::chrono::milliseconds patience = {});
  ~ProgressLine() { Clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // Cut to the terminal's width.
  void Show(const std::string& text);

  // "evaluating [############                  ]  40 %", for a part of 0 to 1.
  void Show(const std::string& what, double part);

  // Removes the line.
  void Clear();

 private:
  bool Due() const;

  bool terminal_, shown_ = false;
  Clock::time_point next_;
};

// "[#####...............]", for a part of 0 to 1.
std::string Bar(double part);

// "7:05", "1:02:09"
std::string FormatSeconds(double seconds);

}  // namespace program

#endif  // ELU_PROGRAM_PROGRESS_H_
