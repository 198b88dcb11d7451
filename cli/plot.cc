// elu plot: ELU beside ReLU, and their derivatives, drawn by gnuplot from the values of our own kernels.
#include <filesystem>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "commands.h"
#include "elu/elu.hpp"
#include "gnuplot.h"

namespace elu::cli {
namespace {

constexpr double kAlphas[] = {0.5, 1.0, 2.0};
constexpr float kFrom = -4.0F, kTo = 4.0F;
constexpr int kIntervals = 800;

std::vector<float> Abscissae() {
  std::vector<float> x;
  for (int i = 0; i <= kIntervals; ++i) {
    x.push_back(kFrom + (kTo - kFrom) * static_cast<float>(i) / static_cast<float>(kIntervals));
  }
  return x;
}

// A gnuplot data block: x, f(x), f'(x); alpha 0 is ReLU. Where f' jumps, at 0, the line is broken.
void AppendBlock(std::ostream& script, const std::string& name, double alpha) {
  const std::vector<float> x = Abscissae();
  std::vector<float> y(x.size()), dydx(x.size());
  forward(x, y, {.alpha = alpha});
  derivative(x, dydx, {.alpha = alpha});
  script << "$" << name << " << END\n";
  for (std::size_t i = 0; i < x.size(); ++i) {
    script << x[i] << " " << y[i] << " " << dydx[i] << "\n";
    if (x[i] == 0.0F && alpha != 1.0) script << "\n0 0 1\n";
  }
  script << "END\n";
}

// One panel: column 2 (the functions) or 3 (the derivatives) of all blocks.
void AppendPanel(std::ostream& script, int column, const std::string& prime) {
  script << "set title 'ELU" << prime << " and ReLU" << prime << "'\nset xlabel 'x'\n"
         << "set ylabel 'f" << prime << "(x)'\nplot";
  for (std::size_t i = 0; i < std::size(kAlphas); ++i) {
    script << " $elu" << i << " using 1:" << column << " with lines lw 2 lc rgb '" << kColours[i] << "' title 'ELU"
           << prime << ", alpha = " << kAlphas[i] << "',";
  }
  script << " $relu using 1:" << column << " with lines lw 2 dt 2 lc rgb '#444444' title 'ReLU" << prime << "'\n";
}

std::string Script() {
  std::ostringstream script;
  script.precision(9);
  for (std::size_t i = 0; i < std::size(kAlphas); ++i) AppendBlock(script, "elu" + std::to_string(i), kAlphas[i]);
  AppendBlock(script, "relu", 0.0);
  script << "set multiplot layout 1,2\nset grid lt 1 lw 1 lc rgb '#d8d8d8'\nset key top left Left reverse\n"
         << "set xzeroaxis lw 1\n"
         << "set yzeroaxis lw 1\nset xrange [" << kFrom << ":" << kTo << "]\nset yrange [-2.2:4.2]\n";
  AppendPanel(script, 2, "");
  script << "set yrange [-0.1:2.6]\n";
  AppendPanel(script, 3, "\u2032");
  script << "unset multiplot\n";
  return script.str();
}

}  // namespace

void AddPlot(CLI::App& app) {
  auto output = std::make_shared<std::filesystem::path>();
  CLI::App* plot = app.add_subcommand("plot", "draw ELU for alpha 0.5, 1, 2 with ReLU, and their derivatives");
  plot->add_option("--output", *output, "file to write, .svg or .png")->required();
  plot->callback([output] { Draw(Script(), "--output", *output); });
}

}  // namespace elu::cli
