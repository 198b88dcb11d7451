// elu: evaluates, tabulates, plots, verifies and times the ELU activation.
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>

#include "commands.h"
#include "elu/elu.hpp"
#include "help.h"

namespace {

constexpr int kFailed = 1, kWrongUse = 2;

constexpr const char* kExamples =
    "  elu eval -2 -1 0 1 2                     f of five numbers, one a line\n"
    "  elu eval --alpha 0.5 --function derivative -1\n"
    "  seq -3 3 | elu eval                      numbers from standard input\n"
    "  elu table                                what textbooks say of ELU, checked with figures\n"
    "  elu eval --input x.npy --output y.npy    an array of any shape\n"
    "  elu plot                                 the function and its derivative, here; --output elu.svg keeps them\n"
    "  elu verify --function forward --dtype f32 --alpha 0.5 --all\n"
    "                                           prove the promised accuracy for your own parameters, on every float\n"
    "  elu bench                                what the functions cost on this machine, beside ReLU\n"
    "  ELU_TARGET=AVX2 elu info                 force an instruction set and see it";

// The library quietly does without an unknown ELU_TARGET; the program says so.
void CheckTarget() {
  const char* wanted = std::getenv("ELU_TARGET");
  if (wanted == nullptr || *wanted == '\0' || elu::target() == wanted) return;
  throw elu::cli::NoSuchTarget("ELU_TARGET=" + std::string(wanted));
}

// The parser would only say that a command is missing.
void CheckCommand(const CLI::App& app, const char* word) {
  if (word == nullptr || *word == '-') return;
  std::string known;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_name() == word) return;
    known += (known.empty() ? "" : ", ") + command->get_name();
  }
  throw elu::cli::WrongUse("there is no command '" + std::string(word) + "'; there are " + known);
}

int Complain(std::string message, int code) {
  // What was typed may hold anything, and a message is one line.
  for (char& c : message) c = std::iscntrl(static_cast<unsigned char>(c)) != 0 ? '?' : c;
  std::fprintf(stderr, "elu: %s%s\n", message.c_str(), code == kWrongUse ? "; see elu --help" : "");
  return code;
}

// The C++ runtime's last resort, which it takes too where not even an exception finds memory.
[[noreturn]] void EndForWantOfMemory() {
  if (std::current_exception() != nullptr) std::abort();  // another fault, of ours
  std::fputs("elu: out of memory\n", stderr);
  std::_Exit(kFailed);
}

int Run(int argc, char** argv) {
  CLI::App app("Evaluate, tabulate, plot, verify, time ELU: x for x > 0, alpha (exp(x) - 1) for x <= 0.", "elu");
  elu::cli::SetHelp(app, kExamples);
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("elu ") + elu_version());
  elu::cli::AddEval(app);
  elu::cli::AddTable(app);
  elu::cli::AddPlot(app);
  elu::cli::AddVerify(app);
  elu::cli::AddBench(app);
  elu::cli::AddInfo(app);
  // Negative numbers are told from options without the customary "--", which the parser would reject there.
  const auto is_separator = [](const char* word) { return std::string(word) == "--"; };
  argc = static_cast<int>(std::remove_if(argv + 1, argv + argc, is_separator) - argv);
  try {
    CheckTarget();
    CheckCommand(app, argc > 1 ? argv[1] : nullptr);
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) throw elu::cli::WrongUse(error.what());
    app.exit(error);  // prints help or version
  }
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return 0;
  throw std::runtime_error("cannot write to standard output");
}

}  // namespace

int main(int argc, char** argv) try {
  std::set_terminate(EndForWantOfMemory);
  return Run(argc, argv);
} catch (const std::invalid_argument& error) {
  return Complain(error.what(), kWrongUse);
} catch (const std::bad_alloc&) {
  return Complain("out of memory", kFailed);
} catch (const std::exception& error) {
  return Complain(error.what(), kFailed);
}
