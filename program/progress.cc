#include "program/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "program/terminal.h"
#include "program/text.h"

namespace program {
namespace {

std::string BarOf(double part, std::size_t width, char rest) {
  std::string bar(width + 2, rest);
  bar.front() = '[';
  bar.back() = ']';
  std::fill_n(bar.begin() + 1, static_cast<int>(std::clamp(part, 0.0, 1.0) * static_cast<double>(width)), '#');
  return bar;
}

}  // namespace

ProgressLine::ProgressLine(std::chrono::milliseconds patience)
    : terminal_(isatty(STDERR_FILENO) == 1), next_(Clock::now() + patience) {}

bool ProgressLine::Due() const { return terminal_ && Clock::now() >= next_; }

void ProgressLine::Show(const std::string& text) {
  if (!Due()) return;
  const auto columns = static_cast<std::size_t>(TerminalWidth(STDERR_FILENO));
  std::fprintf(stderr, "\r\033[K%s", text.substr(0, columns - 1).c_str());
  shown_ = true;
  next_ = Clock::now() + std::chrono::milliseconds(100);
}

void ProgressLine::Show(const std::string& what, double part) {
  if (Due()) Show(Format("%s %s %3.0f %%", what.c_str(), BarOf(part, 30, ' ').c_str(), 100 * part));
}

void ProgressLine::Clear() {
  if (shown_) std::fputs("\r\033[K", stderr);
  shown_ = false;
}

std::string Bar(double part) { return BarOf(part, 20, '.'); }

std::string FormatSeconds(double seconds) {
  const auto whole = std::llround(std::max(0.0, seconds));
  if (whole < 3600) return Format("%lld:%02lld", whole / 60, whole % 60);
  return Format("%lld:%02lld:%02lld", whole / 3600, whole / 60 % 60, whole % 60);
}

}  // namespace program
