// elu: evaluates, tabulates, plots, verifies and times the ELU activation.
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "cli/command/command_line.h"
#include "cli/kernel/selection.h"
#include "elu/elu.hpp"
#include "program/ending.h"
#include "program/help.h"
#include "program/wrong_use.h"

namespace {

// The library quietly does without an unknown ELU_TARGET; the program says so.
void CheckTarget() {
  const char* wanted = std::getenv("ELU_TARGET");
  if (wanted == nullptr || *wanted == '\0' || elu::target() == wanted) return;
  throw elu::cli::NoSuchTarget("ELU_TARGET=" + std::string(wanted));
}

int Run(int argc, char** argv) {
  const auto app = elu::cli::MakeCommandLine();
  try {
    CheckTarget();
    elu::cli::RunCommandLine(*app, argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) throw program::WrongUse(program::WithHelp(error.what(), *app));
    app->exit(error);                             // prints help or version
  } catch (const std::invalid_argument& error) {  // also of the library, of parameters
    throw program::WrongUse(program::WithHelp(error.what(), *app));
  }
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return 0;
  throw std::runtime_error("cannot write to standard output");
}

}  // namespace

int main(int argc, char** argv) {
  return program::RunToItsEnd("elu", [&] { return Run(argc, argv); });
}
