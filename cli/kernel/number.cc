#include "cli/kernel/number.h"

#include <bit>
#include <cctype>
#include <cfenv>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "elu/types.hpp"
#include "program/text.h"

namespace elu::cli {
namespace {

// strtof and strtod know hexadecimal, infinity and signs, as from_chars does not, but skip leading space.
template <class T>
std::optional<T> Convert(const std::string& text, T (*convert)(const char*, char**)) {
  if (text.empty() || std::isspace(static_cast<unsigned char>(text.front()))) return std::nullopt;
  char* end = nullptr;
  const T value = convert(text.c_str(), &end);
  if (end != text.c_str() + text.size()) return std::nullopt;
  return value;
}

// Of the floats on both sides of a text that lies between two, the one with an odd last bit: rounded once more, to 22
// bits or fewer, it gives what the text itself would (Boldo and Melquiond, 2008).
std::optional<float> ConvertToOdd(const std::string& text) {
  const int mode = std::fegetround();
  std::fesetround(FE_DOWNWARD);
  const auto below = Convert(text, std::strtof);
  std::fesetround(FE_UPWARD);
  const auto above = Convert(text, std::strtof);
  std::fesetround(mode);
  return below && (std::bit_cast<std::uint32_t>(*below) & 1U) != 0 ? below : above;
}

template <class T>
std::optional<T> ParseInHalf(const std::string& text) {
  const auto odd = ConvertToOdd(text);
  return odd ? std::optional<T>(T(*odd)) : std::nullopt;
}

template <class T>
double Widen(T value) {
  return static_cast<double>(static_cast<float>(value));
}

std::string Scientific(double value, int decimals) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, decimals).ptr};
}

// As few digits as read back: of the number itself or, since what rounds to a power of two lies around a point an
// eighth of a step beyond it, of that point. 5 digits do for binary16, 4 for bfloat16.
template <class T>
std::string FewestDigits(T value) {
  const double exact = Widen(value), step = Widen(T::from_bits(static_cast<std::uint16_t>(value.bits + 1))) - exact;
  for (int decimals = 0;; ++decimals) {
    for (const double near : {exact, exact + step / 8}) {
      const std::string digits = Scientific(near, decimals);
      if (ParseNumber<T>(digits)->bits == value.bits) return digits;
    }
  }
}

// An integer is given exactly where that is as short: 65504, not 65500.
template <class T>
std::string FormatInHalf(T value) {
  if (std::isnan(Widen(value))) return "nan";
  const std::string in_full = program::ShortestDecimal(Widen(value));
  const std::string rounded = program::ShortestDecimal(std::strtod(FewestDigits(value).c_str(), nullptr));
  return in_full.size() <= rounded.size() ? in_full : rounded;
}

}  // namespace

// clang-format off
template <>
std::optional<float> ParseNumber(const std::string& text) { return Convert(text, std::strtof); }
template <>
std::optional<double> ParseNumber(const std::string& text) { return Convert(text, std::strtod); }
template <>
std::optional<float16> ParseNumber(const std::string& text) { return ParseInHalf<float16>(text); }
template <>
std::optional<bfloat16> ParseNumber(const std::string& text) { return ParseInHalf<bfloat16>(text); }

template <>
std::string FormatNumber(float value) { return program::ShortestDecimal(value); }
template <>
std::string FormatNumber(double value) { return program::ShortestDecimal(value); }
template <>
std::string FormatNumber(float16 value) { return FormatInHalf(value); }
template <>
std::string FormatNumber(bfloat16 value) { return FormatInHalf(value); }
// clang-format on

std::string FaultOfDouble(const std::string& text) {
  return Convert(text, std::strtod) ? "" : "'" + text + "' is not a number";
}

}  // namespace elu::cli
