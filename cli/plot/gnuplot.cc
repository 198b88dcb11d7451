#include "cli/plot/gnuplot.h"

#include <algorithm>
#include <sys/wait.h>

#include <cctype>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <ios>
#include <iterator>
#include <memory>
#include <stdexcept>

#include "program/pending_file.h"
#include "program/wrong_use.h"

namespace elu::cli {
namespace {

std::string Quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? "''" : std::string(1, c);
  return quoted + "'";
}

const std::string kLook = " background 'white' font 'DejaVu Sans,", kSvg = "svg size 1000,440" + kLook + "12'",
                  kPng = "pngcairo size 1500,660" + kLook + "16'";

std::string Terminal(const char* option, const std::filesystem::path& output) {
  for (const char c : output.string()) {
    if (std::iscntrl(static_cast<unsigned char>(c))) {
      throw program::WrongUse(std::string(option) + ": a control character in the name");
    }
  }
  std::string kind = output.extension().string();
  std::ranges::transform(kind, kind.begin(), [](unsigned char c) { return std::tolower(c); });
  if (kind == ".svg") return kSvg;
  if (kind == ".png") return kPng;
  throw program::WrongUse(std::string(option) + " " + output.string() + ": the name must end in .svg or .png");
}

// Where the disk is full gnuplot says nothing, and leaves a part of the figure: what it draws last is its end.
bool IsWhole(const std::filesystem::path& figure) {
  constexpr std::streamoff kLast = 16;  // bytes that hold "</svg>" and a new line, or PNG's last chunk
  std::ifstream file(figure, std::ios::binary);
  file.seekg(-kLast, std::ios::end);
  const std::string end((std::istreambuf_iterator<char>(file)), {});
  return end.find("</svg>") != std::string::npos || end.find("IEND") != std::string::npos;
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

void DrawInto(const std::filesystem::path& file, const std::string& terminal, const std::string& script,
              const std::string& name) {
  const char* fault = RunGnuplot("set encoding utf8\nset terminal " + terminal + "\nset output " +
                                 Quoted(file.string()) + "\n" + script + "unset output\n");
  if (fault == nullptr && !IsWhole(file)) fault = "gnuplot did not finish it; is the disk full?";
  if (fault != nullptr) throw std::runtime_error("cannot draw " + name + ": " + fault);
}

// By way of a file without a name, which nobody meets and no signal leaves behind.
std::string SvgFigure(const std::string& script) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::tmpfile(), std::fclose);
  if (file == nullptr) throw std::runtime_error(std::string("cannot make a temporary file: ") + std::strerror(errno));
  const std::string path = "/dev/fd/" + std::to_string(fileno(file.get()));
  DrawInto(path, kSvg, script, "the figure");
  std::ifstream stream(path, std::ios::binary);
  stream.seekg(0);  // where both share their position
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

void Draw(const std::string& script, const char* option, const std::filesystem::path& output) {
  const std::string terminal = Terminal(option, output);
  program::RefuseUnlessFile(option, output);
  program::PendingFile file(output);
  DrawInto(file.path(), terminal, script, output.string());
  file.Keep();
}

void DrawToStandardOutput(const std::string& script) {
  const std::string figure = SvgFigure(script);
  std::fwrite(figure.data(), 1, figure.size(), stdout);
}

}  // namespace elu::cli
