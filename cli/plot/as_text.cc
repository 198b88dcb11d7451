#include "cli/plot/as_text.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "program/text.h"

namespace elu::cli {
namespace {

using program::Format;

constexpr std::string_view kMarks = "*ox+#@%&=~$svwzk";  // as many as there can be curves
constexpr int kMargin = 7, kWidestPanel = 72, kNarrowestPair = 72, kPointsPerColumn = 8;

std::string MarkOf(const std::vector<Curve>& curves, std::size_t curve, bool colour) {
  const std::string mark(1, kMarks[curve]);
  return colour ? Format("\033[38;5;%dm", curves[curve].terminal_colour) + mark + "\033[0m" : mark;
}

// One panel: a canvas with a margin for the scale on its left.
class Panel {
 public:
  Panel(const Figure& figure, const std::vector<Curve>& curves, double Point::*member, int width, bool colour)
      : figure_(figure),
        curves_(curves),
        range_(RangeOf(curves, member, 0.04)),
        columns_(width - kMargin),
        rows_(std::clamp(columns_ * 9 / 20, 8, 20)),
        colour_(colour),
        cells_(static_cast<std::size_t>(columns_ * rows_)) {
    for (std::size_t i = 0; i < curves.size(); ++i) {
      for (const Point& point : curves[i].points) {
        if (!std::isnan(point.x)) cells_[Cell(point.x, point.*member)] |= 1U << i;
      }
    }
  }

  // The title, the canvas and the scale of x: each of the panel's width.
  std::vector<std::string> Lines(std::string title) const {
    title.resize(static_cast<std::size_t>(kMargin + columns_), ' ');
    std::vector<std::string> lines = {title};
    for (int row = 0; row < rows_; ++row) lines.push_back(Line(row));
    const std::string from = Format("%*s%-*.3g", kMargin, "", columns_, figure_.from);
    const std::string to = Format("%.3g", figure_.to);
    lines.push_back(from.substr(0, from.size() - to.size()) + to);
    return lines;
  }

 private:
  int Column(double x) const { return Place((x - figure_.from) / (figure_.to - figure_.from), columns_); }
  int Row(double y) const { return rows_ - 1 - Place((y - range_.low) / (range_.high - range_.low), rows_); }
  static int Place(double part, int places) { return std::clamp(static_cast<int>(part * places), 0, places - 1); }

  std::size_t Cell(double x, double y) const { return static_cast<std::size_t>(Row(y) * columns_ + Column(x)); }

  bool HasZero(double low, double high) const { return low <= 0.0 && 0.0 <= high; }

  std::string Line(int row) const {
    const bool zero = HasZero(range_.low, range_.high) && row == Row(0.0);
    std::string line(kMargin, ' ');
    if (row == 0) line = Format("%*.3g ", kMargin - 1, range_.high);
    if (row == rows_ - 1) line = Format("%*.3g ", kMargin - 1, range_.low);
    if (zero) line = Format("%*d ", kMargin - 1, 0);
    for (int column = 0; column < columns_; ++column) {
      const bool upright = HasZero(figure_.from, figure_.to) && column == Column(0.0);
      const std::uint32_t here = cells_[static_cast<std::size_t>(row * columns_ + column)];
      if (here == 0) line += upright && zero ? '+' : upright ? '|' : zero ? '-' : ' ';
      else line += Mark(here, row + column);
    }
    return line;
  }

  // Of the curves in a cell the one whose turn it is.
  std::string Mark(std::uint32_t curves, int turn) const {
    for (int skip = turn % std::popcount(curves); skip > 0; --skip) curves &= curves - 1;
    return MarkOf(curves_, static_cast<std::size_t>(std::countr_zero(curves)), colour_);
  }

  const Figure& figure_;
  const std::vector<Curve>& curves_;
  Range range_;
  int columns_, rows_;
  bool colour_;
  std::vector<std::uint32_t> cells_;  // the curves that pass, a bit each
};

}  // namespace

std::string TextFigure(const Figure& figure, int width, bool colour) {
  const bool pair = width >= kNarrowestPair;
  const int panel = std::min(pair ? width / 2 : width, kWidestPanel);
  const std::vector<Curve> curves = Curves(figure, kPointsPerColumn * panel);
  const auto left = Panel(figure, curves, &Point::y, panel, colour).Lines("f(x)");
  const auto right = Panel(figure, curves, &Point::dydx, panel, colour).Lines("f'(x)");
  std::string text;
  for (std::size_t i = 0; i < left.size(); ++i) text += left[i] + (pair ? right[i] : "") + "\n";
  for (std::size_t i = 0; i < right.size() && !pair; ++i) text += right[i] + "\n";
  for (std::size_t i = 0; i < curves.size(); ++i) text += MarkOf(curves, i, colour) + " " + curves[i].label + "\n";
  return text;
}

}  // namespace elu::cli
