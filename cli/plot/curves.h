// What elu plot draws: activations and their derivatives over a range.
#ifndef ELU_CLI_PLOT_CURVES_H_
#define ELU_CLI_PLOT_CURVES_H_

#include <string>
#include <vector>

namespace elu::cli {

struct Figure {
  double from = -4, to = 4;                  // of x
  std::vector<double> alphas = {0.5, 1, 2};  // of ELU, at most kMostAlphas
  std::vector<std::string> with = {"relu"};  // of Companions()
};

inline constexpr std::size_t kMostAlphas = 6;

struct Point {
  double x, y, dydx;  // NaN where the curve is broken, since its derivative jumps
};

struct Curve {
  std::string label;            // "ELU, alpha = 0.5"
  const char* colour;           // "#0072b2"
  int terminal_colour, dashes;  // of 256 colours; gnuplot's dash type, 1 for a solid line
  std::vector<Point> points;    // from left to right
};

// The names for Figure::with.
std::vector<std::string> Companions();

// "ELU, ReLU and GELU"; `suffix` follows each name.
std::string Title(const Figure& figure, const std::string& suffix);

// The curves with at least `intervals` + 1 points each, from elu's kernels for doubles where elu has them: ELU at each
// alpha, then its companions, CELU at each alpha too. Throws std::invalid_argument for an alpha that is not admitted.
std::vector<Curve> Curves(const Figure& figure, int intervals);

// The smallest and largest of a member of all points, and a little room beyond, more above. Never empty.
struct Range {
  double low, high;
};
Range RangeOf(const std::vector<Curve>& curves, double Point::*member, double room_above);

}  // namespace elu::cli

#endif  // ELU_CLI_PLOT_CURVES_H_
