#include "cli/progress.h"

#include <unistd.h>

#include <cstdio>

namespace elu::cli {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr int kBar = 30;

}  // namespace

ProgressLine::ProgressLine() : terminal_(isatty(STDERR_FILENO) == 1), next_(Clock::now() + milliseconds(500)) {}

void ProgressLine::Show(const std::string& what, double part) {
  const auto now = Clock::now();
  if (!terminal_ || now < next_) return;
  next_ = now + milliseconds(100);
  shown_ = true;
  const std::string bar(static_cast<std::size_t>(part * kBar), '#');
  std::fprintf(stderr, "\r%s [%-*s] %3.0f %%\033[K", what.c_str(), kBar, bar.c_str(), 100 * part);
}

void ProgressLine::Clear() {
  if (shown_) std::fputs("\r\033[K", stderr);
  shown_ = false;
}

}  // namespace elu::cli
