// elu table: the textbook's comparison of ELU with ReLU and Leaky ReLU, each line with figures and a verdict.
#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/kernel/dtype.h"
#include "cli/kernel/number.h"
#include "cli/kernel/selection.h"
#include "cli/textbook/activations.h"
#include "cli/textbook/properties.h"
#include "program/help.h"
#include "program/leaky_relu.h"
#include "program/text.h"
#include "program/wrong_use.h"

namespace elu::cli {
namespace {

using program::Format;
using program::kLeakySlope;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// A property: what each activation has of it, and whether the textbook's line on ELU holds.
struct Row {
  std::string property, relu, leaky, elu, verdict;
};

struct Subjects {
  const Dtype& dtype;
  double alpha;
  Activation relu, leaky, elu;
};

std::string ThreeDecimals(double value) {
  std::string text = Format("%.3f", value);
  if (const std::size_t zero = text.find("0."); zero <= 1 && (zero == 0 || text[0] == '-')) text.erase(zero, 1);
  return text;
}

std::string NotIn(const Dtype& dtype) { return std::string("not in ") + dtype.name; }

Row Range(const Subjects& s) {
  const double low = At(s.elu.function, -kInfinity);
  const std::string limit = s.dtype.format(low);
  return {"range", "[0, inf)", "(-inf, inf)",
          "(" + limit + ", inf); " + limit +
              " itself for x <= " + s.dtype.format(LastWithValue(s.dtype, s.elu.function, low)),
          NotIn(s.dtype)};
}

Row Smoothness(const Subjects& s) {
  const double right = s.dtype.number(1);  // the smallest positive number
  const auto jump = [&](const Activation& a) {
    return "f' jumps by " + s.dtype.format(At(a.derivative, right) - At(a.derivative, 0.0));
  };
  const char* verdict = s.alpha == 1.0 ? "holds, only at alpha = 1" : "only at alpha = 1";
  return {"smooth at the origin", jump(s.relu), jump(s.leaky), jump(s.elu), verdict};
}

Row ZeroCentred(const Subjects& s) {
  const auto mean = [](const Activation& a) { return "mean " + ThreeDecimals(a.mean); };
  return {"near zero-centred, z ~ N(0,1)", mean(s.relu), mean(s.leaky), mean(s.elu),
          std::fabs(s.elu.mean) < std::fabs(s.relu.mean) ? "holds" : "does not hold"};
}

Row Saturation(const Subjects& s) {
  const auto values = [&](const Activation& a) {
    return "f(-3) = " + s.dtype.format(At(a.function, -3.0)) + ", f(-6) = " + s.dtype.format(At(a.function, -6.0));
  };
  const double limit = At(s.elu.function, -kInfinity);
  const bool holds = std::fabs(At(s.elu.function, -6.0) - limit) < 0.01 * std::fabs(limit);
  return {"soft saturation", "0 at once", values(s.leaky), values(s.elu), holds ? "holds" : "does not hold"};
}

Row DeadNeurons(const Subjects& s) {
  const ArrayFunction through_output = [&](const std::vector<double>& x) {
    const Function& derivative = FindFunction("derivative-from-output");
    return s.dtype.evaluate(derivative, s.elu.function(x), {.alpha = s.alpha}, ELU_ACCURATE);
  };
  const auto dead = [&](const ArrayFunction& f) { return s.dtype.format(LastWithValue(s.dtype, f, 0.0)); };
  return {"no dead neurons (f' > 0)", "f' = 0 for x <= 0", "f' >= " + program::ShortestDecimal(kLeakySlope),
          "f' = 0 for x <= " + dead(s.elu.derivative) + "; from the output for x <= " + dead(through_output),
          NotIn(s.dtype)};
}

Row Monotonic(const Subjects& s) {
  const std::vector<double> numbers = IncreasingNumbers(s.dtype);
  const bool all = numbers.size() == 2 * s.dtype.infinity - 1;  // +0 and -0 are one
  const auto falls = [&](const Activation& a) { return std::to_string(CountFalls(a.function, numbers)) + " falls"; };
  const std::string ours = falls(s.elu);
  return {all ? "monotonic, all numbers" : "monotonic, 1 million numbers", falls(s.relu), falls(s.leaky), ours,
          ours == "0 falls" ? "holds" : "does not hold"};
}

Row ComputingCost(const Subjects& s) {
  const std::vector<double> costs = MedianCosts({s.relu.on_floats, s.leaky.on_floats, s.elu.on_floats});
  const auto times = [&](double cost) { return Format("%.1f x ReLU", cost / costs[0]); };
  return {"computing cost in binary32, measured now", Format("%.2f ns a number", costs[0]), times(costs[1]),
          times(costs[2]), costs[2] > costs[0] ? "holds: it costs more" : "does not hold"};
}

Row ChoiceOfAlpha(const Dtype& dtype, double alpha) {
  const Activation elu = Elu(dtype, {.alpha = alpha});
  const double low = At(elu.function, -kInfinity);
  return {"choice of alpha: " + Format("%g", alpha), "", "",
          "saturates at " + dtype.format(low) + ", reached at x = " +
              dtype.format(LastWithValue(dtype, elu.function, low)) + "; mean " + ThreeDecimals(elu.mean),
          "which learns best: see elu-lab compare"};
}

Row Initialisation(const Subjects& s) {
  const auto gain = [](const Activation& a) { return "gain " + Format("%.4f", a.gain); };
  return {"He initialisation, gain 1.4142", gain(s.relu), gain(s.leaky), gain(s.elu),
          "does it serve? see elu-lab compare"};
}

void Print(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    std::printf("%s\n", row.property.c_str());
    if (!row.relu.empty()) std::printf("  ReLU        %s\n  Leaky ReLU  %s\n", row.relu.c_str(), row.leaky.c_str());
    if (!row.elu.empty()) std::printf("  ELU         %s\n", row.elu.c_str());
    std::printf("  verdict     %s\n", row.verdict.c_str());
  }
}

// A row that compares nothing has null for the activations.
void PrintJson(const std::vector<Row>& rows, const Dtype& dtype, double alpha) {
  const auto text = [](const std::string& t) { return t.empty() ? "null" : program::JsonText(t); };
  std::printf("{\"alpha\": %.17g, \"leaky_relu_slope\": %.17g, \"dtype\": \"%s\",\n \"rows\": [", alpha, kLeakySlope,
              dtype.option);
  for (const Row& row : rows) {
    std::printf("%s\n  {\"property\": %s, \"relu\": %s, \"leaky_relu\": %s, \"elu\": %s, \"verdict\": %s}",
                &row == &rows.front() ? "" : ",", text(row.property).c_str(), text(row.relu).c_str(),
                text(row.leaky).c_str(), text(row.elu).c_str(), text(row.verdict).c_str());
  }
  std::puts("\n ]}");
}

void Tabulate(const Dtype& dtype, double alpha, bool json) {
  if (!(alpha > 0.0)) throw program::WrongUse("--alpha: the textbook's properties are those of an alpha above 0");
  const Subjects s = {dtype, alpha, Relu(dtype), LeakyRelu(), Elu(dtype, {.alpha = alpha})};
  std::vector<Row> rows = {Range(s),       Smoothness(s), ZeroCentred(s),  Saturation(s),
                           DeadNeurons(s), Monotonic(s),  ComputingCost(s)};
  for (const double choice : {0.5, 1.0, 2.0}) rows.push_back(ChoiceOfAlpha(dtype, choice));
  rows.push_back(Initialisation(s));
  rows.push_back({"robust to noise", "", "", "", "see elu-lab compare"});
  rows.push_back({"converges faster", "", "", "", "see elu-lab compare"});
  if (json) return PrintJson(rows, dtype, alpha);
  std::printf("ELU with alpha = %g beside ReLU and Leaky ReLU (slope %g), in %s\n\n", alpha, kLeakySlope, dtype.name);
  Print(rows);
}

constexpr const char* kTableExamples =
    "  elu table                    for alpha 1 in f32\n"
    "  elu table --alpha 0.5\n"
    "  elu table --dtype bf16       where the textbook is furthest off\n"
    "  elu table --json             the same for a program";

struct TableRequest {
  double alpha = 1.0;
  std::string dtype = "f32";
  bool json = false;
};

}  // namespace

void AddTable(CLI::App& app) {
  auto request = std::make_shared<TableRequest>();
  CLI::App* table = app.add_subcommand("table", "what textbooks say of ELU, with computed figures and verdicts");
  table->add_option("--alpha", request->alpha, "ELU's alpha, above 0")->check(FaultOfDouble)->capture_default_str();
  AddChoice(*table, "--dtype", request->dtype, "number type", DtypeOptions());
  table->add_flag("--json", request->json, "an object instead of lines");
  program::SetHelp(*table, kTableExamples);
  table->callback([request] { Tabulate(FindDtype(request->dtype), request->alpha, request->json); });
}

}  // namespace elu::cli
