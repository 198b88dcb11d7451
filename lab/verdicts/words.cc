#include "lab/verdicts/words.h"

#include <cmath>

#include "program/text.h"

namespace elu_lab {
namespace {

using program::Format;

std::string Number(double number, const Unit& unit) {
  const std::string text = Format("%.*f", unit.decimals, number * unit.factor);
  const bool negative_zero = text[0] == '-' && text.find_first_of("123456789") == std::string::npos;
  return negative_zero ? text.substr(1) : text;
}

}  // namespace

std::string InUnit(double number, const Unit& unit) { return Number(number, unit) + unit.name; }

std::string FigureText(double number, const Unit& unit) {
  const bool worse = number < 0 && unit.worse != nullptr;
  return worse ? InUnit(-number, {unit.factor, unit.decimals, unit.worse}) : InUnit(number, unit);
}

std::string IntervalText(const Interval& interval, const Unit& unit, double confidence) {
  if (interval.mean < 0 && unit.worse != nullptr) {
    return IntervalText({-interval.mean, -interval.high, -interval.low}, {unit.factor, unit.decimals, unit.worse},
                        confidence);
  }
  return InUnit(interval.mean, unit) + Format(" (%g %% interval ", 100 * confidence) + Number(interval.low, unit) +
         " to " + Number(interval.high, unit) + ")";
}

std::string CountText(size_t count, const std::string& things) {
  return std::to_string(count) + " " + (count == 1 ? things.substr(0, things.size() - 1) : things);
}

std::string ThresholdText(const char* format, double number) {
  return std::isnan(number) ? "none was written down before the runs" : Format(format, number);
}

std::string NormText(const std::string& norm) { return norm == "batch" ? "with BatchNorm" : "without BatchNorm"; }

std::string ComparedText(const Variant& subject, const Variant& baseline) {
  if (subject.norm == baseline.norm) {
    return subject.label + " against " + baseline.label + ", " + NormText(subject.norm);
  }
  return subject.label + " " + NormText(subject.norm) + " against " + baseline.label + " " + NormText(baseline.norm);
}

}  // namespace elu_lab
