// elu: evaluates, tabulates, plots, verifies and times the ELU activation.
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>

#include "cli/command/command_line.h"
#include "cli/kernel/selection.h"
#include "elu/elu.hpp"
#include "program/wrong_use.h"

namespace {

constexpr int kFailed = 1, kWrongUse = 2;

// The library quietly does without an unknown ELU_TARGET; the program says so.
void CheckTarget() {
  const char* wanted = std::getenv("ELU_TARGET");
  if (wanted == nullptr || *wanted == '\0' || elu::target() == wanted) return;
  throw elu::cli::NoSuchTarget("ELU_TARGET=" + std::string(wanted));
}

int Complain(std::string message, int code) {
  // What was typed may hold anything, and a message is one line.
  for (char& c : message) c = std::iscntrl(static_cast<unsigned char>(c)) != 0 ? '?' : c;
  std::fprintf(stderr, "elu: %s%s\n", message.c_str(), code == kWrongUse ? "; see elu --help" : "");
  return code;
}

std::terminate_handler end_as_usual = nullptr;

// The C++ runtime's last resort, which it takes too where not even an exception finds memory.
void EndForWantOfMemory() {
  if (std::current_exception() != nullptr) end_as_usual();  // another fault, of ours
  std::fputs("elu: out of memory\n", stderr);
  std::_Exit(kFailed);
}

int Run(int argc, char** argv) {
  const auto app = elu::cli::MakeCommandLine();
  try {
    CheckTarget();
    elu::cli::RunCommandLine(*app, argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) throw program::WrongUse(error.what());
    app->exit(error);  // prints help or version
  }
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return 0;
  throw std::runtime_error("cannot write to standard output");
}

}  // namespace

int main(int argc, char** argv) try {
  end_as_usual = std::set_terminate(EndForWantOfMemory);
  return Run(argc, argv);
} catch (const std::invalid_argument& error) {
  return Complain(error.what(), kWrongUse);
} catch (const std::bad_alloc&) {
  return Complain("out of memory", kFailed);
} catch (const std::exception& error) {
  return Complain(error.what(), kFailed);
}
