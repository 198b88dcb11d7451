// elu-lab: trains ConvNetELU, compares activations, uses what was trained.
#include <c10/util/Exception.h>

#include <algorithm>
#include <cctype>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <iostream>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "elu/elu.h"
#include "lab/command/commands.h"
#include "lab/help.h"

#ifdef __linux__
#include <malloc.h>
#endif

namespace {

constexpr int kFailed = 1, kWrongUse = 2;

constexpr const char* kExamples =
    "  elu-lab train --activation elu --epochs 10 --output runs/a\n"
    "  elu-lab train --resume runs/a\n"
    "  elu-lab train --data photos --epochs 20 --output runs/photos    photos/cat/1.jpg, photos/dog/1.png, ...\n"
    "  elu-lab evaluate runs/a --output confusion.svg\n"
    "  elu-lab predict runs/photos new.jpg\n"
    "  elu-lab compare --quick --output out/compare\n"
    "  elu-lab compare --output out/full\n"
    "  elu-lab compare --activations relu,elu,selu --norm both --lr-factors 1,4,16 --output out/rates\n"
    "  elu-lab report out/full out/rates --output report.html";

// An exception of PyTorch's carries a stack trace; its first line is for people. What others quote of a file or a word
// may hold anything.
std::string OneLine(const std::exception& error) {
  const auto* torch_error = dynamic_cast<const c10::Error*>(&error);
  std::string text = torch_error != nullptr ? torch_error->what_without_backtrace() : error.what();
  if (text.find("DefaultCPUAllocator: ") != std::string::npos) return "out of memory";  // PyTorch's bad_alloc
  if (torch_error != nullptr) text.resize(std::min(text.size(), text.find('\n')));
  for (char& c : text) c = std::iscntrl(static_cast<unsigned char>(c)) != 0 ? '?' : c;
  return text;
}

int Complain(const std::string& message, int code, const std::string& advice = "") {
  std::fprintf(stderr, "elu-lab: %s%s\n", message.c_str(), advice.c_str());
  return code;
}

// As a shell would take it back: words with anything unusual are in single quotes.
std::string CommandLine(int argc, char** argv) {
  std::string line = "elu-lab";
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    const auto usual = [](unsigned char c) { return std::isalnum(c) != 0 || std::strchr("_-./,=+:@%", c) != nullptr; };
    if (!word.empty() && std::ranges::all_of(word, usual)) {
      line += " " + word;
      continue;
    }
    for (size_t at = 0; (at = word.find('\'', at)) != std::string::npos; at += 4) word.replace(at, 1, "'\\''");
    line += " '" + word + "'";
  }
  return line;
}

// "" or, where the first word is no command, which there are.
std::string UnknownCommand(const std::vector<elu_lab::Command>& commands, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return "";
  std::string names;
  for (const elu_lab::Command& command : commands) {
    if (command.options->get_name() == argv[1]) return "";
    names += (names.empty() ? "" : ", ") + command.options->get_name();
  }
  return "there is no such command; there are " + names;
}

// Every step of a training asks for the same large tensors: what it frees stays with the program, or else the system
// would map and clear these pages anew, which takes a quarter of the step.
void KeepFreedMemory() {
#ifdef M_MMAP_MAX
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, -1);
#endif
}

std::terminate_handler end_as_usual = nullptr;

// The C++ runtime's last resort, which it takes too where not even an exception finds memory.
void EndForWantOfMemory() {
  if (std::current_exception() != nullptr) end_as_usual();  // another fault, of ours
  std::fputs("elu-lab: out of memory\n", stderr);
  std::_Exit(kFailed);
}

void FinishOutput(const std::string& advice = "") {
  if (!std::cout.flush()) throw std::runtime_error("cannot write to standard output" + advice);
}

int Run(int argc, char** argv) {
  CLI::App app("Train ConvNetELU on CIFAR-10 or your own images, with any activation.", "elu-lab");
  elu_lab::SetExamples(app, kExamples);
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("elu-lab ") + elu_version());
  const std::vector<elu_lab::Command> commands = {
      elu_lab::AddTrain(app), elu_lab::AddCompare(app, CommandLine(argc, argv)), elu_lab::AddEvaluate(app),
      elu_lab::AddPredict(app), elu_lab::AddReport(app)};
  std::signal(SIGPIPE, SIG_IGN);  // whoever reads the lines may leave: the files are written all the same
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) {
      const std::string unknown = UnknownCommand(commands, argc, argv);
      return Complain(unknown.empty() ? OneLine(error) : unknown, kWrongUse, "; " + elu_lab::WhereHelpIs(app));
    }
    app.exit(error);  // prints help or version
    FinishOutput();
    return 0;
  }
  const auto chosen = std::ranges::find_if(commands, [](const auto& command) { return command.options->parsed(); });
  const int code = chosen->run();
  FinishOutput("; files were written all the same");
  return code;
}

}  // namespace

int main(int argc, char** argv) try {
  end_as_usual = std::set_terminate(EndForWantOfMemory);
  KeepFreedMemory();
  return Run(argc, argv);
} catch (const std::bad_alloc&) {
  return Complain("out of memory", kFailed);
} catch (const std::exception& error) {
  return Complain(OneLine(error), kFailed);
}
