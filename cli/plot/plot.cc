// elu plot: ELU and its derivative beside other activations, as a file or in the terminal.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/kernel/number.h"
#include "cli/plot/as_gnuplot.h"
#include "cli/plot/as_text.h"
#include "cli/plot/curves.h"
#include "cli/plot/gnuplot.h"
#include "program/help.h"
#include "program/terminal.h"
#include "program/wrong_use.h"

namespace elu::cli {
namespace {

constexpr const char* kPlotExamples =
    "  elu plot                                        in the terminal\n"
    "  elu plot --output elu.svg                       alpha 0.5, 1 and 2 with ReLU, and the derivatives\n"
    "  elu plot --output elu.png --alpha 1 --with relu,leaky_relu,selu,gelu\n"
    "  elu plot --range -1,1 --alpha 1,1.67 --with none\n"
    "  elu plot --output - | rsvg-convert --format pdf > elu.pdf";

struct PlotRequest {
  Figure figure;
  std::string range = "-4,4";
  std::string output;
};

constexpr double kFarthest = 1e6, kNarrowest = 1e-6;  // of --range; for its digits to show

// The ends of "-4,4", "-4 4" or "-4:4", unless they make no range.
std::optional<std::pair<double, double>> ParseRange(const std::string& text) {
  const std::size_t comma = text.find_first_of(",: ");
  if (comma == std::string::npos) return std::nullopt;
  const auto from = ParseNumber<double>(text.substr(0, comma)), to = ParseNumber<double>(text.substr(comma + 1));
  if (!from || !to || !(std::fabs(*from) <= kFarthest) || !(std::fabs(*to) <= kFarthest)) return std::nullopt;
  if (*to - *from < kNarrowest * std::max({1.0, std::fabs(*from), std::fabs(*to)})) return std::nullopt;
  return std::pair(*from, *to);
}

std::string FaultOfRange(const std::string& text) {
  if (ParseRange(text)) return "";
  return "'" + text + "' is no range: two numbers within a million of 0, the smaller first, such as -4,4";
}

void RemoveDuplicates(auto& list) {
  auto end = list.begin();
  for (auto& item : std::vector(list)) {
    if (std::find(list.begin(), end, item) == end) *end++ = item;
  }
  list.erase(end, list.end());
}

// "leaky_relu" for "Leaky-ReLU".
std::string SpeltCompanion(std::string& word) {
  std::ranges::transform(word, word.begin(), [](unsigned char c) { return c == '-' ? '_' : std::tolower(c); });
  return "";
}

void Plot(PlotRequest request, bool to_file) {
  Figure& figure = request.figure;
  if (ParseNumber<double>(request.output)) {  // what is left of "--range -1 1"
    throw program::WrongUse("--range: a comma joins its two numbers: --range " + request.range + "," + request.output);
  }
  const std::string fault = FaultOfRange(request.range);
  if (!fault.empty()) throw program::WrongUse("--range: " + fault);
  std::tie(figure.from, figure.to) = *ParseRange(request.range);
  RemoveDuplicates(figure.alphas);
  RemoveDuplicates(figure.with);
  if (figure.alphas.size() > kMostAlphas) {
    throw program::WrongUse("--alpha: more than " + std::to_string(kMostAlphas) + " cannot be told apart");
  }
  if (figure.with.front() == "none" && figure.with.size() == 1) figure.with.clear();
  if (std::ranges::count(figure.with, "none") > 0) throw program::WrongUse("--with none, or others");
  if (request.output == "-") return DrawToStandardOutput(GnuplotScript(figure));
  if (to_file) return Draw(GnuplotScript(figure), "--output", request.output);
  const int width = std::max(kNarrowestText, program::TerminalWidth(STDOUT_FILENO));
  std::fputs(TextFigure(figure, width, program::WantsColour()).c_str(), stdout);
}

}  // namespace

void AddPlot(CLI::App& app) {
  auto request = std::make_shared<PlotRequest>();
  CLI::App* plot = app.add_subcommand("plot", "draw ELU with other activations, and their derivatives");
  plot->add_option("--alpha", request->figure.alphas, "ELU's alphas, several with commas between them")
      ->delimiter(',')
      ->check(FaultOfDouble)
      ->capture_default_str();
  plot->add_option("--range", request->range, "x from, to")->capture_default_str();
  std::vector<std::string> companions = Companions();
  companions.emplace_back("none");
  plot->add_option("--with", request->figure.with, "what to draw beside it (celu: at the same alphas)")
      ->delimiter(',')
      ->transform(CLI::Validator(SpeltCompanion, ""))
      ->check(CLI::IsMember(companions))
      ->capture_default_str();
  plot->add_option("FILE,--output", request->output,
                   "file to write, .svg or .png, or - for SVG on standard output; none: draw in the terminal");
  program::SetHelp(*plot, kPlotExamples);
  plot->callback([request, plot] { Plot(*request, plot->count("--output") > 0); });
}

}  // namespace elu::cli
