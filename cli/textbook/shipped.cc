#include "cli/textbook/shipped.h"

#include <algorithm>
#include <cmath>

#include "program/text.h"

namespace elu::cli {
namespace {

using program::Format;

std::string SourceMember(const char* source) { return ", \"source\": " + program::JsonText(source); }

std::string Mark(const std::string& label) { return label + "*"; }  // which the table's notes explain

template <std::size_t n>
std::string JsonOf(const Shipped<n>& result, const Columns& columns = kActivations) {
  std::array<std::string, 3> values;
  std::ranges::transform(result.of, values.begin(), [](const std::array<double, n>& numbers) {
    std::string list;
    for (const double number : numbers) list += (list.empty() ? "" : ", ") + JsonNumber(number);
    return n == 1 ? list : "[" + list + "]";
  });
  return JsonObject(columns, values, SourceMember(result.source));
}

}  // namespace

Fact ShippedFact(const std::string& label, const Shipped<1>& result, std::string_view unit, const Columns& columns) {
  Fact fact = {Mark(label), result.key, JsonOf(result, columns), {}};
  std::ranges::transform(result.of, fact.cells.begin(), [&](const std::array<double, 1>& number) {
    return Format("%.*f", result.decimals, number[0]) + std::string(unit);
  });
  return fact;
}

Fact ShippedByEpoch(const std::string& label, const Shipped<3>& result) {
  return ShippedByEpoch(label, result, result);
}

Fact ShippedByEpoch(const std::string& label, const Shipped<3>& least, const Shipped<3>& most) {
  Fact fact = {Mark(label), least.key, JsonOf(least), {}};
  for (std::size_t i = 0; i < fact.cells.size(); ++i) {
    for (std::size_t epoch = 0; epoch < least.of[i].size(); ++epoch) {
      const std::string low = Format("%.*f", least.decimals, least.of[i][epoch]);
      const std::string high = Format("%.*f", most.decimals, most.of[i][epoch]);
      fact.cells[i] += (epoch == 0 ? "" : ", ") + (low == high ? low : Format("%s-%s", low.c_str(), high.c_str()));
    }
  }
  return fact;
}

Fact Unlabelled(const Shipped<3>& result) { return {"", result.key, JsonOf(result), {}}; }

Fact Unlabelled(const Advantage& advantage) {
  const std::string json = "{\"mean\": " + JsonNumber(advantage.mean) +
                           ", \"half_interval_95_percent\": " + JsonNumber(advantage.half) +
                           ", \"threshold\": " + JsonNumber(advantage.threshold) + SourceMember(advantage.source) + "}";
  return {"", advantage.key, json, {}};
}

const char* VerdictOn(const Advantage& advantage) {
  if (advantage.mean - advantage.half > advantage.threshold) return kTrueHere;
  return advantage.mean + advantage.half < advantage.threshold ? kNotSoHere : kNotDecided;
}

const char* VerdictOn(const Advantage& first, const Advantage& second) {
  return VerdictOn(first) == VerdictOn(second) ? VerdictOn(first) : kNotDecided;
}

std::string SizeOf(const Advantage& advantage) {
  return Format("%.*f +- %.*f", advantage.decimals, std::fabs(advantage.mean), advantage.decimals, advantage.half);
}

}  // namespace elu::cli
