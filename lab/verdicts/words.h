// How verdicts and reports word figures, counts and what is compared.
#ifndef ELU_LAB_VERDICTS_WORDS_H_
#define ELU_LAB_VERDICTS_WORDS_H_

#include <string>

#include "lab/results/comparison.h"
#include "lab/results/statistics.h"

namespace elu_lab {

// How a figure is printed: 0.0312 as "3.1 %". `worse`, where there is one, is the name of figures below 0 with their
// signs changed.
struct Unit {
  double factor;
  int decimals;
  const char* name;
  const char* worse = nullptr;
};

inline constexpr Unit kPercent = {100, 1, " %"}, kPoints = {100, 2, " points", " points worse"}, kPlain = {1, 3, ""},
                      kTimes = {1, 2, " times"};

std::string InUnit(double number, const Unit& unit);

// The same, where the unit has a name for figures below 0 without their sign.
std::string FigureText(double number, const Unit& unit);

// "3.1 % (95 % interval 2.0 to 4.2)".
std::string IntervalText(const Interval& interval, const Unit& unit, double confidence);

// "5 seeds", "1 seed".
std::string CountText(size_t count, const std::string& things);

// "at most 2", for a printf format with one number; says so where none was written down.
std::string ThresholdText(const char* format, double number);

// "with BatchNorm", "without BatchNorm".
std::string NormText(const std::string& norm);

// "ELU (alpha 1) against ReLU, with BatchNorm".
std::string ComparedText(const Variant& subject, const Variant& baseline);

}  // namespace elu_lab

#endif  // ELU_LAB_VERDICTS_WORDS_H_
