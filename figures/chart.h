// Figures as inline SVG: lines with bands, by the report's style sheet in light and dark.
#ifndef ELU_FIGURES_CHART_H_
#define ELU_FIGURES_CHART_H_

#include <string>
#include <vector>

namespace elu_lab {

// Points (x[i], y[i]); those that are not finite or beyond 1e300 in magnitude, or on a logarithmic axis below 1e-300,
// break the line. low and high, of the length of y or empty, are a band around it. `style` picks colour, dashes and,
// where points are few, marks; those below 64 differ.
struct Series {
  std::string label;
  size_t style = 0;
  std::vector<double> x = {}, y = {}, low = {}, high = {};
};

struct Axis {
  std::string label;  // with its unit
  bool logarithmic = false;
  bool whole = false;  // only whole numbers have a tick
  double least = 0;    // above 0: the axis goes from 0, or below, to this at least
};

struct Chart {
  std::string title;
  Axis x, y;
  std::vector<Series> series;
};

// A <figure> with title, axes, legend and a description for those who cannot see it; "" where there is no point.
std::string ChartAsHtml(const Chart& chart);

// The same as an SVG file of its own, with the style sheet in it; "" where there is no point.
std::string ChartAsSvg(const Chart& chart, const std::string& style_sheet);

// Round numbers within [low, high], low < high: multiples of 1, 2 or 5 times a power of ten, or, logarithmic, with
// 0 < low, powers of ten (of two where the range is narrow). Two or more where low and high differ by more than
// rounding; none where high - low is not finite; at most 20.
std::vector<double> Ticks(double low, double high, bool logarithmic);

}  // namespace elu_lab

#endif  // ELU_FIGURES_CHART_H_
