// elu table: the textbook's comparison of ELU with ReLU and Leaky ReLU, each line with figures and a verdict.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "commands.h"
#include "elu/elu.hpp"
#include "number.h"
#include "properties.h"

namespace elu::cli {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kLeakySlope = 0.01F;

struct Activation {
  ArrayFunction function, derivative;
};

// A property: what each activation has of it, and whether the textbook's line on ELU holds.
struct Row {
  std::string property, relu, leaky, elu, verdict;
};

Activation Relu() {
  return {[](const auto& x, auto& y) {
            for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] > 0.0F ? x[i] : 0.0F;
          },
          [](const auto& x, auto& dydx) {
            for (std::size_t i = 0; i < x.size(); ++i) dydx[i] = x[i] > 0.0F ? 1.0F : 0.0F;
          }};
}

Activation LeakyRelu() {
  return {[](const auto& x, auto& y) {
            for (std::size_t i = 0; i < x.size(); ++i) y[i] = std::max(x[i], kLeakySlope * x[i]);
          },
          [](const auto& x, auto& dydx) {
            for (std::size_t i = 0; i < x.size(); ++i) dydx[i] = x[i] > 0.0F ? 1.0F : kLeakySlope;
          }};
}

Activation Elu(double alpha) {
  return {[alpha](const auto& x, auto& y) { forward(x, y, {.alpha = alpha}); },
          [alpha](const auto& x, auto& dydx) { derivative(x, dydx, {.alpha = alpha}); }};
}

std::string Text(const char* format, double value) {
  char text[64];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

std::string ThreeDecimals(double value) {
  std::string text = Text("%.3f", value);
  if (const std::size_t zero = text.find("0."); zero <= 1 && (zero == 0 || text[0] == '-')) text.erase(zero, 1);
  return text;
}

Row Range(const Activation& elu) {
  const float low = At(elu.function, -kInfinity);
  const float reached = LastWithValue(elu.function, low);
  return {"range", "[0, inf)", "(-inf, inf)",
          "(" + FormatFloat(low) + ", inf); " + FormatFloat(low) + " itself for x <= " + FormatFloat(reached),
          "not in binary32"};
}

Row Smoothness(const Activation& relu, const Activation& leaky, const Activation& elu, double alpha) {
  const float right = 0x1p-149F;  // the smallest positive float
  const auto jump = [right](const Activation& a) {
    return "f' jumps by " + FormatFloat(At(a.derivative, right) - At(a.derivative, 0.0F));
  };
  const char* verdict = alpha == 1.0 ? "holds, only at alpha = 1" : "only at alpha = 1";
  return {"smooth at the origin", jump(relu), jump(leaky), jump(elu), verdict};
}

Row ZeroCentred(const Activation& relu, const Activation& leaky, const Activation& elu) {
  const double ours = NormalMoment(elu.function, 1), theirs = NormalMoment(relu.function, 1);
  const auto mean = [](double value) { return "mean " + ThreeDecimals(value); };
  return {"near zero-centred, z ~ N(0,1)", mean(theirs), mean(NormalMoment(leaky.function, 1)), mean(ours),
          std::fabs(ours) < std::fabs(theirs) ? "holds" : "does not hold"};
}

Row Saturation(const Activation& leaky, const Activation& elu) {
  const auto values = [](const Activation& a) {
    return "f(-3) = " + FormatFloat(At(a.function, -3.0F)) + ", f(-6) = " + FormatFloat(At(a.function, -6.0F));
  };
  const float limit = At(elu.function, -kInfinity);
  const bool holds = std::fabs(At(elu.function, -6.0F) - limit) < 0.01F * std::fabs(limit);
  return {"soft saturation", "0 at once", values(leaky), values(elu), holds ? "holds" : "does not hold"};
}

Row DeadNeurons(const Activation& elu, double alpha) {
  const ArrayFunction through_output = [&](const auto& x, auto& dydx) {
    elu.function(x, dydx);
    derivative_from_output(dydx, dydx, {.alpha = alpha});
  };
  std::string text = "f' = 0 for x <= " + FormatFloat(LastWithValue(elu.derivative, 0.0F));
  text += "; from the output for x <= " + FormatFloat(LastWithValue(through_output, 0.0F));
  return {"no dead neurons (f' > 0)", "f' = 0 for x <= 0", "f' >= 0.01", text, "not in binary32"};
}

Row Monotonic(const Activation& relu, const Activation& leaky, const Activation& elu) {
  const auto falls = [](const Activation& a) { return std::to_string(CountFalls(a.function)) + " falls"; };
  const std::size_t ours = CountFalls(elu.function);
  return {"monotonic, 1 million floats", falls(relu), falls(leaky), std::to_string(ours) + " falls",
          ours == 0 ? "holds" : "does not hold"};
}

Row ComputingCost(const Activation& relu, const Activation& leaky, const Activation& elu) {
  const double base = Cost(relu.function), ours = Cost(elu.function);
  const auto times = [base](double cost) { return Text("%.1f x ReLU", cost / base); };
  return {"computing cost, measured now", Text("%.2f ns a number", base), times(Cost(leaky.function)), times(ours),
          ours > base ? "holds: it costs more" : "does not hold"};
}

Row ChoiceOfAlpha(double alpha) {
  const Activation elu = Elu(alpha);
  const float low = At(elu.function, -kInfinity);
  return {"choice of alpha: " + Text("%g", alpha), "", "",
          "saturates at " + FormatFloat(low) + ", reached at x = " + FormatFloat(LastWithValue(elu.function, low)) +
              "; mean " + ThreeDecimals(NormalMoment(elu.function, 1)),
          "which learns best: see elu-lab compare"};
}

Row Initialisation(const Activation& relu, const Activation& leaky, const Activation& elu) {
  const auto gain = [](const Activation& a) {
    return "gain " + Text("%.4f", 1.0 / std::sqrt(NormalMoment(a.function, 2)));
  };
  return {"He initialisation, gain 1.4142", gain(relu), gain(leaky), gain(elu), "does it serve? see elu-lab compare"};
}

void Print(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    std::printf("%s\n", row.property.c_str());
    if (!row.relu.empty()) std::printf("  ReLU        %s\n  Leaky ReLU  %s\n", row.relu.c_str(), row.leaky.c_str());
    if (!row.elu.empty()) std::printf("  ELU         %s\n", row.elu.c_str());
    std::printf("  verdict     %s\n", row.verdict.c_str());
  }
}

void Tabulate(double alpha) {
  if (!(alpha > 0.0)) throw WrongUse("--alpha: the textbook's properties are those of an alpha above 0");
  const Activation relu = Relu(), leaky = LeakyRelu(), elu = Elu(alpha);
  At(elu.function, 0.0F);  // an alpha that is not admitted ends here, before a line is printed
  std::vector<Row> rows = {Range(elu),
                           Smoothness(relu, leaky, elu, alpha),
                           ZeroCentred(relu, leaky, elu),
                           Saturation(leaky, elu),
                           DeadNeurons(elu, alpha),
                           Monotonic(relu, leaky, elu),
                           ComputingCost(relu, leaky, elu)};
  for (const double choice : {0.5, 1.0, 2.0}) rows.push_back(ChoiceOfAlpha(choice));
  rows.push_back(Initialisation(relu, leaky, elu));
  rows.push_back({"robust to noise", "", "", "", "see elu-lab compare"});
  rows.push_back({"converges faster", "", "", "", "see elu-lab compare"});
  std::printf("ELU with alpha = %s beside ReLU and Leaky ReLU (slope 0.01)\n\n", Text("%g", alpha).c_str());
  Print(rows);
}

}  // namespace

void AddTable(CLI::App& app) {
  auto alpha = std::make_shared<double>(1.0);
  CLI::App* table = app.add_subcommand("table", "what textbooks say of ELU, with computed figures and verdicts");
  table->add_option("--alpha", *alpha, "ELU's alpha, above 0")->check(FaultOfDouble)->capture_default_str();
  table->callback([alpha] { Tabulate(*alpha); });
}

}  // namespace elu::cli
