#include "cli/textbook/row.h"

#include <algorithm>
#include <cmath>

#include "program/text.h"

namespace elu::cli {

std::string JsonNumber(double value) {
  if (std::isnan(value)) return "null";
  const std::string text = program::ShortestDecimal(value);
  return std::isinf(value) ? program::JsonText(text) : text;
}

std::string JsonObject(const Columns& columns, const std::array<std::string, 3>& values, const std::string& more) {
  std::string object;
  for (std::size_t i = 0; i < values.size(); ++i) {
    object += (i == 0 ? "{" : ", ") + program::JsonText(columns.keys[i]) + ": " + values[i];
  }
  return object + more + "}";
}

Fact Computed(const std::string& label, const std::string& key, const std::array<double, 3>& values,
              const std::function<std::string(double)>& text, const Columns& columns) {
  std::array<std::string, 3> cells, numbers;
  std::ranges::transform(values, cells.begin(), text);
  std::ranges::transform(values, numbers.begin(), JsonNumber);
  return {label, key, JsonObject(columns, numbers), cells};
}

std::function<std::string(double)> Decimals(int decimals) {
  return [decimals](double value) {
    const double size = std::fabs(value), least = std::pow(10.0, -decimals);
    const bool usual = size == 0.0 || (size >= least && size < 1e4);
    return program::Format(usual ? "%.*f" : "%.*g", decimals, value);
  };
}

std::function<std::string(double)> Digits(int digits) {
  return [digits](double value) { return program::Format("%.*g", digits, value); };
}

}  // namespace elu::cli
