#include "program/processor.h"

#include <unistd.h>

#include <fstream>

namespace program {

std::optional<std::string> ProcessorName() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return {};
}

std::string HostName() {
  char name[256] = {};  // POSIX has 255 bytes at most
  return gethostname(name, sizeof name - 1) == 0 ? name : "";
}

}  // namespace program
