#include "gnuplot.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cctype>
#include <csignal>
#include <cstdio>
#include <iterator>
#include <stdexcept>

#include "commands.h"

namespace elu::cli {
namespace {

std::string Quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? "''" : std::string(1, c);
  return quoted + "'";
}

std::string Terminal(const char* option, const std::filesystem::path& output) {
  for (const char c : output.string()) {
    if (std::iscntrl(static_cast<unsigned char>(c))) {
      throw WrongUse(std::string(option) + ": a control character in the name");
    }
  }
  const std::string look = " background 'white' font 'DejaVu Sans,";
  if (output.extension() == ".svg") return "svg size 1000,440" + look + "12'";
  if (output.extension() == ".png") return "pngcairo size 1500,660" + look + "16'";
  throw WrongUse(std::string(option) + " " + output.string() + ": the name must end in .svg or .png");
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

// For the life of the object a signal that ends the program removes the file first.
class RemovedOnSignal {
 public:
  explicit RemovedOnSignal(const std::filesystem::path& file) {
    name = file.string();
    for (std::size_t i = 0; i < std::size(kSignals); ++i) before_[i] = std::signal(kSignals[i], Remove);
  }
  ~RemovedOnSignal() {
    for (std::size_t i = 0; i < std::size(kSignals); ++i) std::signal(kSignals[i], before_[i]);
  }
  RemovedOnSignal(const RemovedOnSignal&) = delete;
  RemovedOnSignal& operator=(const RemovedOnSignal&) = delete;

 private:
  static constexpr int kSignals[] = {SIGHUP, SIGINT, SIGTERM};
  static inline std::string name;

  static void Remove(int signal) {
    unlink(name.c_str());
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }

  void (*before_[std::size(kSignals)])(int);
};

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

}  // namespace

void Draw(const std::string& script, const char* option, const std::filesystem::path& output) {
  const std::string terminal = Terminal(option, output);
  if (std::filesystem::is_directory(output)) throw WrongUse(option + (" " + output.string()) + ": is a folder");
  const std::filesystem::path temporary = MakeTemporary(output);
  const RemovedOnSignal removed_on_signal(temporary);
  const char* fault = RunGnuplot("set encoding utf8\nset terminal " + terminal + "\nset output " +
                                 Quoted(temporary.string()) + "\n" + script + "unset output\n");
  std::error_code error;
  if (fault == nullptr && std::filesystem::file_size(temporary, error) == 0) fault = "gnuplot drew nothing";
  if (fault == nullptr) std::filesystem::rename(temporary, output, error);
  if (fault == nullptr && !error) return;
  const std::string why = fault != nullptr ? fault : error.message();
  std::filesystem::remove(temporary, error);
  throw std::runtime_error("cannot draw " + output.string() + ": " + why);
}

}  // namespace elu::cli
