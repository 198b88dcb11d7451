#include "cli/verify/plot.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <sstream>
#include <string>
#include <vector>

#include "cli/plot/gnuplot.h"
#include "elu/elu.hpp"
#include "src/proof/proof.h"

namespace elu::cli {
namespace {

constexpr int kFromPower = -10, kToPower = 2, kBinsPerPower = 50;
constexpr std::size_t kPerBin = 500;
constexpr const char* kColours[] = {"#0072b2", "#d55e00", "#009e73"};  // distinct for the colour-blind too

// Error in ulp of y[i] as forward's result for x[i]: the largest.
double Worst(const std::vector<float>& x, const std::vector<float>& y, const elu_params& p) {
  const reference::Function forward = reference::Find("forward");
  double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const reference::Value exact = forward(proof::Format::float32, {static_cast<double>(x[i])}, p);
    worst = std::max(worst, reference::ErrorInUlps(proof::Format::float32, static_cast<double>(y[i]), exact));
  }
  return worst;
}

// Floats from -high to -low, evenly spread over their bits.
std::vector<float> Bin(double low, double high) {
  const auto first = std::bit_cast<std::uint32_t>(static_cast<float>(low));
  const auto last = std::bit_cast<std::uint32_t>(static_cast<float>(high));
  std::vector<float> x;
  for (std::size_t i = 0; i < kPerBin; ++i) {
    const std::uint32_t bits = first + static_cast<std::uint32_t>((last - first) * std::uint64_t{i} / kPerBin);
    x.push_back(-std::bit_cast<float>(bits));
  }
  return x;
}

// Lines of a gnuplot data block: -x, then the worst errors of accurate, fast, and limit * (exp(z) - 1) in floats.
void AppendErrors(std::ostream& script, const Params& params) {
  const elu_params p = detail::ToC(params);
  const auto limit = static_cast<float>(params.scale * params.alpha);
  for (int bin = kFromPower * kBinsPerPower; bin < kToPower * kBinsPerPower; ++bin) {
    const double low = std::pow(10.0, bin / static_cast<double>(kBinsPerPower));
    const std::vector<float> x = Bin(low, low * std::pow(10.0, 1.0 / kBinsPerPower));
    std::vector<float> accurate(x.size()), fast(x.size()), naive(x.size());
    forward(x, accurate, params);
    forward(x, fast, params, Accuracy::fast);
    std::ranges::transform(x, naive.begin(), [&](float v) {
      return limit * (std::exp(static_cast<float>(params.input_scale) * v) - 1.0F);
    });
    script << low << " " << Worst(x, accurate, p) << " " << Worst(x, fast, p) << " " << Worst(x, naive, p) << "\n";
  }
}

}  // namespace

void PlotErrors(const Params& params, const std::filesystem::path& output) {
  std::ostringstream script;
  script << "$errors << END\n";
  AppendErrors(script, params);
  script << "END\nset logscale xy\nset xrange [1e" << kToPower << ":1e" << kFromPower << "]\nset yrange [0.1:1e8]\n"
         << "set format x '-10^{%L}'\nset format y '10^{%L}'\nset grid lt 1 lw 1 lc rgb '#d8d8d8'\n"
         << "set xlabel 'x'\nset ylabel 'largest error, ulp'\nset key top left Left reverse\n"
         << "set title 'forward in binary32, alpha = " << params.alpha << ", scale = " << params.scale
         << ", input scale = " << params.input_scale << "'\nplot";
  const char* titles[] = {"accurate", "fast", "alpha (exp(x) - 1)"};
  for (int i = 2; i >= 0; --i) {
    script << (i < 2 ? "," : "") << " $errors using 1:" << i + 2 << " with lines lw 2 lc rgb '" << kColours[i]
           << "' title '" << titles[i] << "'";
  }
  script << "\n";
  Draw(script.str(), "--plot", output);
}

}  // namespace elu::cli
