#include "number.h"

#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace elu::cli {

std::optional<float> ParseFloat(std::string_view text) {
  const std::string copy(text);
  if (copy.empty() || std::isspace(static_cast<unsigned char>(copy.front()))) return std::nullopt;
  char* end = nullptr;
  const float value = std::strtof(copy.c_str(), &end);  // knows hexadecimal, infinity and signs, as from_chars does not
  if (end != copy.c_str() + copy.size()) return std::nullopt;
  return value;
}

std::string FormatFloat(float value) {
  if (std::isnan(value)) return "nan";
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

}  // namespace elu::cli
