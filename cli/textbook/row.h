// A row of elu table: a property that textbooks name, a verdict on it, and the figures that the verdict rests on.
#ifndef ELU_CLI_TEXTBOOK_ROW_H_
#define ELU_CLI_TEXTBOOK_ROW_H_

#include <array>
#include <functional>
#include <string>
#include <vector>

namespace elu::cli {

// All verdicts. "Here" is the training whose results are shipped.
inline constexpr const char *kTrue = "true", *kTrueOfReals = "true of real numbers",
                            *kTrueAtOne = "true at alpha = 1 only", *kTrueHere = "true here", *kNotSo = "not so",
                            *kNotSoHere = "not so here", *kNotDecided = "not decided";

// What a figure is given for.
struct Columns {
  std::array<const char*, 3> heads, keys;  // in the table, in JSON
};
inline constexpr Columns kActivations = {{"ReLU", "Leaky ReLU", "ELU"}, {"relu", "leaky_relu", "elu"}};
inline constexpr Columns kAlphas = {{"alpha 0.5", "alpha 1", "alpha 2"}, {"alpha_0.5", "alpha_1", "alpha_2"}};
inline constexpr double kAlphaOf[] = {0.5, 1, 2};

struct Fact {
  std::string label;                 // in the table, which leaves out a figure without one
  std::string key, json;             // its name, with the unit, and its object
  std::array<std::string, 3> cells;  // of the table
};

struct Row {
  std::string property;
  std::string verdict, because;  // one of the above, and what a reader should know of it
  std::vector<Fact> facts;
  const Columns* columns = &kActivations;
};

// A number as JSON has it: without a decimal form "inf" and "-inf" are texts, NaN is null.
std::string JsonNumber(double value);

// The members as an object.
std::string JsonObject(const Columns& columns, const std::array<std::string, 3>& values, const std::string& more = "");

// A figure that the program computes now.
Fact Computed(const std::string& label, const std::string& key, const std::array<double, 3>& values,
              const std::function<std::string(double)>& text, const Columns& columns = kActivations);

// For Computed: so many decimals, and so many digits of what is very large or small.
std::function<std::string(double)> Decimals(int decimals);

// For Computed: at most so many digits that matter.
std::function<std::string(double)> Digits(int digits);

}  // namespace elu::cli

#endif  // ELU_CLI_TEXTBOOK_ROW_H_
