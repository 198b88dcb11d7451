#include "program/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

namespace program {
namespace {

std::string_view Environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace

int TerminalWidth(int descriptor) {
  constexpr int kUsual = 80;
  winsize size = {};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  const int columns = std::atoi(std::string(Environment("COLUMNS")).c_str());
  return columns > 0 ? columns : kUsual;
}

bool WantsColour() {
  const std::string_view type = Environment("TERM");
  return isatty(STDOUT_FILENO) == 1 && Environment("NO_COLOR").empty() && !type.empty() && type != "dumb";
}

}  // namespace program
