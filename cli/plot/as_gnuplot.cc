#include "cli/plot/as_gnuplot.h"

#include <cmath>
#include <sstream>
#include <vector>

namespace elu::cli {
namespace {

constexpr int kIntervals = 800;
constexpr std::size_t kMostInside = 5;  // curves whose legend finds room within a panel

// A data block: x, f(x), f'(x).
void AppendBlock(std::ostream& script, std::size_t number, const Curve& curve) {
  script << "$curve" << number << " << END\n";
  for (const Point& p : curve.points) {
    if (std::isnan(p.x)) script << "\n";
    else script << p.x << " " << p.y << " " << p.dydx << "\n";
  }
  script << "END\n";
}

// One panel: column 2 (the functions) or 3 (the derivatives) of all blocks.
void AppendPanel(std::ostream& script, const Figure& figure, const std::vector<Curve>& curves, int column) {
  const std::string prime = column == 3 ? "\u2032" : "";
  // A legend within the panel stands where the functions leave room; above the derivatives it has to be made.
  const bool above = column == 3 && curves.size() <= kMostInside;
  const Range range =
      RangeOf(curves, column == 3 ? &Point::dydx : &Point::y, above ? 0.08 * static_cast<double>(curves.size()) : 0.04);
  script << "set yrange [" << range.low << ":" << range.high << "]\nset title '" << Title(figure, prime)
         << "'\nset xlabel 'x'\nset ylabel 'f" << prime << "(x)'\nplot";
  for (std::size_t i = 0; i < curves.size(); ++i) {
    script << (i > 0 ? "," : "") << " $curve" << i << " using 1:" << column << " with lines lw 2 dt "
           << curves[i].dashes << " lc rgb '" << curves[i].colour << "' title '" << curves[i].label << "'";
  }
  script << "\n";
}

}  // namespace

std::string GnuplotScript(const Figure& figure) {
  const std::vector<Curve> curves = Curves(figure, kIntervals);
  std::ostringstream script;
  script.precision(17);
  for (std::size_t i = 0; i < curves.size(); ++i) AppendBlock(script, i, curves[i]);
  script << "set multiplot layout 1,2\nset grid lt 1 lw 1 lc rgb '#d8d8d8'\nset key Left reverse "
         << (curves.size() <= kMostInside ? "top left" : "bmargin center horizontal") << "\n"
         << "set xzeroaxis lw 1\nset yzeroaxis lw 1\nset xrange [" << figure.from << ":" << figure.to << "]\n";
  AppendPanel(script, figure, curves, 2);
  AppendPanel(script, figure, curves, 3);
  script << "unset multiplot\n";
  return script.str();
}

}  // namespace elu::cli
