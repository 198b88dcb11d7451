#include "number.h"

#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace elu::cli {

namespace {

// strtof and strtod know hexadecimal, infinity and signs, as from_chars does not, but skip leading space.
template <class T>
std::optional<T> Parse(const std::string& text, T (*convert)(const char*, char**)) {
  if (text.empty() || std::isspace(static_cast<unsigned char>(text.front()))) return std::nullopt;
  char* end = nullptr;
  const T value = convert(text.c_str(), &end);
  if (end != text.c_str() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<float> ParseFloat(const std::string& text) { return Parse(text, std::strtof); }

std::string FaultOfDouble(const std::string& text) {
  return Parse(text, std::strtod) ? "" : "'" + text + "' is not a number";
}

std::string FormatFloat(float value) {
  if (std::isnan(value)) return "nan";
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

}  // namespace elu::cli
