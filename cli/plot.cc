// elu plot: ELU beside ReLU, and their derivatives, drawn by gnuplot from the values of our own kernels.
#include <sys/wait.h>
#include <unistd.h>

#include <cctype>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "commands.h"
#include "elu/elu.hpp"

namespace elu::cli {
namespace {

constexpr double kAlphas[] = {0.5, 1.0, 2.0};
constexpr const char* kColours[] = {"#0072b2", "#d55e00", "#009e73"};  // distinct for the colour-blind too
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

std::string Quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? "''" : std::string(1, c);
  return quoted + "'";
}

std::string Script(const std::string& terminal, const std::filesystem::path& output) {
  std::ostringstream script;
  script.precision(9);
  script << "set encoding utf8\nset terminal " << terminal << "\nset output " << Quoted(output.string()) << "\n";
  for (std::size_t i = 0; i < std::size(kAlphas); ++i) AppendBlock(script, "elu" + std::to_string(i), kAlphas[i]);
  AppendBlock(script, "relu", 0.0);
  script << "set multiplot layout 1,2\nset grid lt 1 lw 1 lc rgb '#d8d8d8'\nset key top left Left reverse\n"
         << "set xzeroaxis lw 1\n"
         << "set yzeroaxis lw 1\nset xrange [" << kFrom << ":" << kTo << "]\nset yrange [-2.2:4.2]\n";
  AppendPanel(script, 2, "");
  script << "set yrange [-0.1:2.6]\n";
  AppendPanel(script, 3, "\u2032");
  script << "unset multiplot\nunset output\n";
  return script.str();
}

std::string Terminal(const std::filesystem::path& output) {
  for (const char c : output.string()) {
    if (std::iscntrl(static_cast<unsigned char>(c))) throw WrongUse("--output: a control character in the name");
  }
  const std::string look = " background 'white' font 'DejaVu Sans,";
  if (output.extension() == ".svg") return "svg size 1000,440" + look + "12'";
  if (output.extension() == ".png") return "pngcairo size 1500,660" + look + "16'";
  throw WrongUse("--output " + output.string() + ": the name must end in .svg or .png");
}

// A temporary name in the same folder that exists and is empty, so that an unwritable folder shows here.
std::filesystem::path MakeTemporary(const std::filesystem::path& output) {
  std::filesystem::path temporary = output;
  temporary += "." + std::to_string(getpid()) + ".part";
  if (std::FILE* file = std::fopen(temporary.c_str(), "wxb"); file == nullptr || std::fclose(file) != 0) {
    throw std::runtime_error("cannot write " + output.string() + ": is its folder there, and yours to write?");
  }
  return temporary;
}

// What gnuplot says of a script: nullptr if it drew, else why not.
const char* RunGnuplot(const std::string& script) {
  constexpr int kNotFound = 127;
  const auto before = std::signal(SIGPIPE, SIG_IGN);  // gnuplot may be missing: then writing fails, and we say so
  std::FILE* gnuplot = popen("gnuplot 2>/dev/null", "w");
  const bool written = gnuplot != nullptr && std::fwrite(script.data(), 1, script.size(), gnuplot) == script.size();
  const int status = gnuplot != nullptr ? pclose(gnuplot) : -1;
  std::signal(SIGPIPE, before);
  if (status == 0 && written) return nullptr;
  const bool missing = WIFEXITED(status) && WEXITSTATUS(status) == kNotFound;
  return missing ? "gnuplot is not installed (Debian: apt-get install gnuplot-nox)"
                 : "gnuplot failed; is the disk full?";
}

void Draw(const std::filesystem::path& output) {
  const std::string terminal = Terminal(output);
  if (std::filesystem::is_directory(output)) throw WrongUse("--output " + output.string() + ": is a folder");
  const std::filesystem::path temporary = MakeTemporary(output);
  const char* fault = RunGnuplot(Script(terminal, temporary));
  std::error_code error;
  if (fault == nullptr && std::filesystem::file_size(temporary, error) == 0) fault = "gnuplot drew nothing";
  if (fault == nullptr) std::filesystem::rename(temporary, output, error);
  if (fault == nullptr && !error) return;
  const std::string why = fault != nullptr ? fault : error.message();
  std::filesystem::remove(temporary, error);
  throw std::runtime_error("cannot draw " + output.string() + ": " + why);
}

}  // namespace

void AddPlot(CLI::App& app) {
  auto output = std::make_shared<std::filesystem::path>();
  CLI::App* plot = app.add_subcommand("plot", "draw ELU for alpha 0.5, 1, 2 with ReLU, and their derivatives");
  plot->add_option("--output", *output, "file to write, .svg or .png")->required();
  plot->callback([output] { Draw(*output); });
}

}  // namespace elu::cli
