#include "figures/chart.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "program/text.h"

namespace elu_lab {
namespace {

using program::Escaped;
using program::Format;

constexpr size_t kKinds = 8;  // of colours, and of dashes and marks
constexpr double kWidth = 420, kHeight = 280, kLeft = 72, kRight = 12, kTop = 10, kBottom = 44;

// Far enough from the ends of the format that an axis a little longer is finite and not empty.
constexpr double kSmallest = 1e-300, kLargest = 1e300;

bool Drawable(double value, const Axis& axis) {
  return std::fabs(value) <= kLargest && (!axis.logarithmic || value >= kSmallest);
}

struct Range {
  double low = std::numeric_limits<double>::infinity(), high = -low;

  void Include(const std::vector<double>& values, const Axis& axis) {
    for (const double value : values) {
      if (!Drawable(value, axis)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }

  bool Empty() const { return low > high; }

  // One value but for its rounding: no axis can show such a difference.
  bool Equal() const { return high - low <= std::max(kSmallest, 1e-9 * std::max(std::fabs(low), std::fabs(high))); }

  // A little more, so that no line lies on the frame; an axis of shares or counts still starts at 0.
  Range Widened(const Axis& axis) const {
    Range range = *this;
    if (axis.least > 0) {
      range.low = std::min(range.low, 0.0);
      range.high = std::max(range.high, axis.least);
    }
    if (axis.logarithmic) {
      range.low /= 1.25;
      range.high *= 1.25;
      return range;
    }
    const double margin = range.Equal() ? std::max(1e-3, 0.1 * std::fabs(range.high)) : 0.04 * (range.high - range.low);
    range.low = range.low >= 0 && range.low <= 0.25 * range.high ? 0 : range.low - margin;
    range.high += margin;
    return range;
  }
};

// Of the line and marks of a style, for the style sheet: the colours, and then the dashes with them in another order.
std::string ClassesOf(size_t style) { return Format("s%zu d%zu", style % kKinds, (style + style / kKinds) % kKinds); }

// A mark around (x, y) for each kind of dashes. Outlines, so that one does not hide another.
std::string Mark(size_t style, double x, double y) {
  constexpr const char* kShapes[kKinds] = {
      "m-3.4 0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0 -6.8 0z",  // circle
      "m-3.2 -3.2h6.4v6.4h-6.4z",                           // square
      "m0 -4.2l4 7h-8z",                                    // triangle
      "m0 -4.6l4.6 4.6l-4.6 4.6l-4.6 -4.6z",                // diamond
      "m0 4.2l4 -7h-8z",                                    // triangle upside down
      "m-3.4 -3.4l6.8 6.8m0 -6.8l-6.8 6.8",                 // x
      "m-4.4 0h8.8m-4.4 -4.4v8.8",                          // +
      "m-3.6 -3.6h7.2l-7.2 7.2h7.2z",                       // hourglass
  };
  return "<path class=\"mark " + ClassesOf(style) + Format("\" d=\"M%.1f %.1f", x, y) +
         kShapes[(style + style / kKinds) % kKinds] + "\"/>";
}

// Few points have a mark each, so that one alone is seen.
bool Marked(const Series& series) {
  constexpr size_t kFew = 12;
  return series.y.size() <= kFew;
}

// Maps values to the picture.
class Scale {
 public:
  Scale(const Range& range, const Axis& axis, double from, double to)
      : axis_(axis), low_(In(range.low)), high_(In(range.high)), from_(from), to_(to) {}
  double operator()(double value) const { return from_ + (In(value) - low_) / (high_ - low_) * (to_ - from_); }

 private:
  double In(double value) const { return axis_.logarithmic ? std::log10(value) : value; }
  const Axis& axis_;
  double low_, high_, from_, to_;
};

struct Frame {
  const Chart& chart;
  Range x_range, y_range;
  Scale x, y;
};

std::string TickText(double value) { return value == 0 ? "0" : Format("%.4g", value); }

std::string XAxis(const Frame& frame) {
  std::string svg;
  for (const double tick : Ticks(frame.x_range.low, frame.x_range.high, frame.chart.x.logarithmic)) {
    if (frame.chart.x.whole && tick != std::round(tick)) continue;
    const double at = frame.x(tick);
    svg += Format("<text class=\"tick\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">", at, kHeight - kBottom + 16) +
           TickText(tick) + "</text>" +
           Format("<path class=\"grid\" d=\"M%.1f %.1fV%.1f\"/>\n", at, kTop, kHeight - kBottom);
  }
  return svg +
         Format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">", (kLeft + kWidth - kRight) / 2, kHeight - 8) +
         Escaped(frame.chart.x.label) + "</text>\n";
}

std::string YAxis(const Frame& frame) {
  std::string svg;
  for (const double tick : Ticks(frame.y_range.low, frame.y_range.high, frame.chart.y.logarithmic)) {
    const double at = frame.y(tick);
    svg += Format("<text class=\"tick\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">", kLeft - 6, at + 4) +
           TickText(tick) + "</text>" +
           Format("<path class=\"grid\" d=\"M%.1f %.1fH%.1f\"/>\n", kLeft, at, kWidth - kRight);
  }
  const double middle = (kTop + kHeight - kBottom) / 2;
  return svg + Format("<text transform=\"translate(13 %.1f) rotate(-90)\" text-anchor=\"middle\">", middle) +
         Escaped(frame.chart.y.label) + "</text>\n";
}

// The line as a path; moves to a new start after each gap.
std::string LinePath(const Frame& frame, const std::vector<double>& x, const std::vector<double>& y) {
  std::string path;
  bool open = false;
  for (size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
    const bool drawn = Drawable(x[i], frame.chart.x) && Drawable(y[i], frame.chart.y);
    if (drawn) path += Format(open ? "L%.1f %.1f" : "M%.1f %.1f", frame.x(x[i]), frame.y(y[i]));
    open = drawn;
  }
  return path;
}

std::string Marks(const Frame& frame, const Series& series) {
  std::string marks;
  for (size_t i = 0; i < series.y.size() && Marked(series); ++i) {
    if (!Drawable(series.x[i], frame.chart.x) || !Drawable(series.y[i], frame.chart.y)) continue;
    marks += Mark(series.style, frame.x(series.x[i]), frame.y(series.y[i])) + "\n";
  }
  return marks;
}

// The band as an outline, where both of its edges can be drawn.
std::string BandPath(const Frame& frame, const Series& series) {
  std::string there, back;
  for (size_t i = 0; i < std::min({series.x.size(), series.low.size(), series.high.size()}); ++i) {
    const bool drawn = Drawable(series.x[i], frame.chart.x) && Drawable(series.low[i], frame.chart.y) &&
                       Drawable(series.high[i], frame.chart.y);
    if (!drawn) continue;
    const double x = frame.x(series.x[i]);
    there += Format(there.empty() ? "M%.1f %.1f" : "L%.1f %.1f", x, frame.y(series.high[i]));
    back.insert(0, Format("L%.1f %.1f", x, frame.y(series.low[i])));
  }
  return there.empty() ? "" : there + back + "Z";
}

std::string Lines(const Frame& frame) {
  std::string bands, lines;
  for (const Series& series : frame.chart.series) {
    const std::string classes = ClassesOf(series.style), band = BandPath(frame, series);
    if (!band.empty()) bands += Format("<path class=\"band %s\" d=\"%s\"/>\n", classes.c_str(), band.c_str());
    const std::string line = LinePath(frame, series.x, series.y);
    if (!line.empty()) lines += Format("<path class=\"line %s\" d=\"%s\"/>\n", classes.c_str(), line.c_str());
    lines += Marks(frame, series);
  }
  return bands + lines;
}

// A piece of the series' line, from (x, y) to the right, with its mark where it has some.
std::string Sample(const Series& series, double x, double y) {
  constexpr double kLength = 26;
  return "<path class=\"line " + ClassesOf(series.style) + Format("\" d=\"M%.0f %.0fh%.0f\"/>", x, y, kLength) +
         (Marked(series) ? Mark(series.style, x + kLength / 2, y) : "");
}

std::string Legend(const Chart& chart) {
  std::string html = "<ul class=\"legend\">";
  for (const Series& series : chart.series) {
    html += "<li><svg viewBox=\"0 0 30 10\" width=\"30\" height=\"10\" aria-hidden=\"true\">" + Sample(series, 2, 5) +
            "</svg>" + Escaped(series.label) + "</li>";
  }
  return html + "</ul>";
}

// "ReLU: 2.3 at 1 to 0.98 at 300. ...", of the first and the last point that are drawn.
std::string Description(const Chart& chart) {
  std::string text = chart.title + ". " + chart.y.label + " over " + chart.x.label + ". ";
  for (const Series& series : chart.series) {
    const auto drawn = [&](double y) { return Drawable(y, chart.y); };
    const auto first = std::ranges::find_if(series.y, drawn);
    if (first == series.y.end()) continue;
    const auto last = std::find_if(series.y.rbegin(), series.y.rend(), drawn);
    const auto x = [&](auto place) { return series.x[static_cast<size_t>(place - series.y.begin())]; };
    text += series.label + Format(": %.4g at %.4g to %.4g at %.4g. ", *first, x(first), *last, x(last.base() - 1));
  }
  return text;
}

// Axes and lines; "" where there is no point.
std::string Drawing(const Chart& chart) {
  Range x, y;
  for (const Series& series : chart.series) {
    x.Include(series.x, chart.x);
    for (const auto* values : {&series.y, &series.low, &series.high}) y.Include(*values, chart.y);
  }
  if (x.Empty() || y.Empty()) return "";
  x = x.Equal() ? x.Widened(chart.x) : x;
  y = y.Widened(chart.y);
  const Frame frame = {chart, x, y, Scale(x, chart.x, kLeft, kWidth - kRight),
                       Scale(y, chart.y, kHeight - kBottom, kTop)};
  return XAxis(frame) + YAxis(frame) + Lines(frame);
}

}  // namespace

std::vector<double> Ticks(double low, double high, bool logarithmic) {
  std::vector<double> ticks;
  if (!std::isfinite(high - low)) return ticks;
  if (logarithmic) {
    const double base = high / low < 100 ? 2 : 10;
    const double first = std::ceil(std::log(low) / std::log(base)), last = std::floor(std::log(high) / std::log(base));
    const double step = std::max(1.0, std::ceil((last - first) / 7));
    for (int i = 0; first + i * step <= last; ++i) ticks.push_back(std::pow(base, first + i * step));
    if (ticks.size() >= 2) return ticks;
    ticks.clear();
  }
  const double power = std::pow(10.0, std::floor(std::log10((high - low) / 5)));
  double step = power;
  for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
    step = factor * power;
    if ((high - low) / step <= 6) break;
  }
  // Counted in whole numbers: between neighbouring numbers the multiples of `step` no longer differ.
  constexpr double kMost = 20;
  const double first = std::ceil(low / step), count = std::min(std::floor(high / step) - first + 1, kMost);
  for (int i = 0; i < count; ++i) ticks.push_back((first + i) * step);
  return ticks;
}

std::string ChartAsHtml(const Chart& chart) {
  const std::string drawing = Drawing(chart);
  if (drawing.empty()) return "";
  return "<figure><figcaption>" + Escaped(chart.title) + "</figcaption>\n" +
         Format("<svg class=\"chart\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"", kWidth, kHeight) +
         Escaped(Description(chart)) + "\">\n" + drawing + "</svg>\n" + Legend(chart) + "</figure>\n";
}

// Title above and legend below, which HTML has around the picture.
std::string ChartAsSvg(const Chart& chart, const std::string& style_sheet) {
  constexpr double kTitle = 30, kRow = 20;
  const std::string drawing = Drawing(chart);
  if (drawing.empty()) return "";
  const double height = kTitle + kHeight + kRow * static_cast<double>(chart.series.size()) + 10;
  std::string legend;
  double y = kTitle + kHeight + 10;
  for (const Series& series : chart.series) {
    legend += Sample(series, kLeft, y) + Format("<text x=\"%.0f\" y=\"%.0f\">", kLeft + 34, y + 4) +
              Escaped(series.label) + "</text>\n";
    y += kRow;
  }
  return Format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" width=\"%.0f\" height=\"%.0f\" "
             "viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"",
             1.5 * kWidth, 1.5 * height, kWidth, height) +
         Escaped(Description(chart)) + "\">\n<style>" + style_sheet +
         ".chart { background: var(--ground); font-family: system-ui, sans-serif; }</style>\n" +
         Format("<text x=\"%.0f\" y=\"19\" font-weight=\"600\">", kLeft) + Escaped(chart.title) + "</text>\n" +
         Format("<g transform=\"translate(0 %.0f)\">\n", kTitle) + drawing + "</g>\n" + legend + "</svg>\n";
}

}  // namespace elu_lab
