#include "cli/plot/curves.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numbers>
#include <utility>

#include "cli/kernel/dtype.h"
#include "cli/textbook/activations.h"
#include "program/text.h"

namespace elu::cli {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct Look {
  const char* colour;
  int terminal_colour;
};

// Distinct for the colour-blind too. Source: Okabe and Ito, "Color Universal Design", 2008.
constexpr Look kOfAlphas[kMostAlphas] = {{"#0072b2", 25},  {"#d55e00", 166}, {"#009e73", 36},
                                         {"#cc79a7", 175}, {"#e69f00", 178}, {"#56b4e9", 74}};

struct Companion {
  const char *name, *label;
  Look look;  // of CELU that of ELU at the same alpha
  int dashes;
};

constexpr Companion kCompanions[] = {{"relu", "ReLU", {"#444444", 244}, 2},
                                     {"leaky_relu", "Leaky ReLU", {"#999999", 248}, 3},
                                     {"selu", "SELU", {"#882255", 89}, 4},
                                     {"celu", "CELU", {nullptr, 0}, 5},
                                     {"gelu", "GELU", {"#332288", 61}, 6}};

const Companion& Find(const std::string& name) {
  return *std::ranges::find_if(kCompanions, [&name](const Companion& c) { return name == c.name; });
}

double Gauss(double x) { return std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi); }  // density of N(0, 1)
double GaussIntegral(double x) { return std::erfc(-x / std::numbers::sqrt2) / 2; }

ArrayFunction OnEach(double (*f)(double)) {
  return [f](const std::vector<double>& x) {
    std::vector<double> y(x.size());
    std::ranges::transform(x, y.begin(), f);
    return y;
  };
}

using Pair = std::pair<ArrayFunction, ArrayFunction>;  // f and f'

Pair Member(const Params& params) {
  const Activation elu = Elu(FindDtype("f64"), params);
  return {elu.function, elu.derivative};
}

// x times the probability that a normal number is below x (Hendrycks and Gimpel, 2016).
Pair Gelu() {
  return {OnEach([](double x) { return x * GaussIntegral(x); }),
          OnEach([](double x) { return GaussIntegral(x) + x * Gauss(x); })};
}

Pair FunctionsOf(const std::string& companion) {
  if (companion == "relu") return Member({.alpha = 0.0});
  if (companion == "selu") return Member(selu());
  if (companion == "gelu") return Gelu();
  const Activation leaky = LeakyRelu();
  return {leaky.function, leaky.derivative};
}

std::vector<double> Abscissae(const Figure& figure, int intervals) {
  std::vector<double> x;
  for (int i = 0; i <= intervals; ++i) x.push_back(figure.from + (figure.to - figure.from) * i / intervals);
  const auto zero = std::ranges::lower_bound(x, 0.0);
  if (zero != x.begin() && zero != x.end() && *zero != 0.0) x.insert(zero, 0.0);
  return x;
}

std::vector<Point> Sample(const std::vector<double>& x, const Pair& functions) {
  const auto& [f, derivative] = functions;
  const std::vector<double> y = f(x), dydx = derivative(x);
  const double right = At(derivative, std::numeric_limits<double>::min());
  const bool jumps = std::fabs(right - At(derivative, 0.0)) > 1e-6;
  std::vector<Point> points;
  for (std::size_t i = 0; i < x.size(); ++i) {
    points.push_back({x[i], y[i], dydx[i]});
    if (x[i] != 0.0 || !jumps) continue;
    points.push_back({kNan, kNan, kNan});
    points.push_back({0.0, y[i], right});
  }
  return points;
}

}  // namespace

std::vector<std::string> Companions() {
  std::vector<std::string> names;
  for (const Companion& companion : kCompanions) names.emplace_back(companion.name);
  return names;
}

std::string Title(const Figure& figure, const std::string& suffix) {
  std::string title = "ELU" + suffix;
  for (const std::string& name : figure.with) {
    title += (&name == &figure.with.back() ? " and " : ", ") + (Find(name).label + suffix);
  }
  return title;
}

std::vector<Curve> Curves(const Figure& figure, int intervals) {
  const std::vector<double> x = Abscissae(figure, intervals);
  std::vector<Curve> curves;
  const auto of_alphas = [&](const std::string& label, int dashes, Params (*params)(double)) {
    for (std::size_t i = 0; i < figure.alphas.size(); ++i) {
      const double alpha = figure.alphas[i];
      curves.push_back({label + program::Format(", alpha = %g", alpha), kOfAlphas[i].colour,
                        kOfAlphas[i].terminal_colour, dashes, Sample(x, Member(params(alpha)))});
    }
  };
  of_alphas("ELU", 1, [](double alpha) { return Params{.alpha = alpha}; });
  for (const std::string& name : figure.with) {
    const Companion& companion = Find(name);
    if (name == "celu") of_alphas(companion.label, companion.dashes, celu);
    else
      curves.push_back({companion.label, companion.look.colour, companion.look.terminal_colour, companion.dashes,
                        Sample(x, FunctionsOf(name))});
  }
  return curves;
}

Range RangeOf(const std::vector<Curve>& curves, double Point::*member, double room_above) {
  Range range = {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  for (const Curve& curve : curves) {
    for (const Point& point : curve.points) {
      if (std::isnan(point.x)) continue;
      range = {std::min(range.low, point.*member), std::max(range.high, point.*member)};
    }
  }
  const double height = range.high > range.low ? range.high - range.low : 1.0;
  constexpr double kRoom = 0.04;
  return {range.low - kRoom * height, range.high + room_above * height};
}

}  // namespace elu::cli
