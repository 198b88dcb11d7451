#include "lab/command/command_line.h"

#include <c10/util/Exception.h>

#include <algorithm>
#include <cctype>
#include <csignal>
#include <cstring>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "elu/elu.h"
#include "lab/command/commands.h"
#include "program/ending.h"
#include "program/help.h"
#include "program/wrong_use.h"

#ifdef __linux__
#include <malloc.h>
#endif

namespace elu_lab {
namespace {

constexpr const char* kExamples =
    "  elu-lab train --activation elu --epochs 10 --output runs/a\n"
    "  elu-lab train --resume runs/a\n"
    "  elu-lab train --data photos --epochs 20 --output runs/photos    photos/cat/1.jpg, photos/dog/1.png, ...\n"
    "  elu-lab evaluate runs/a --output confusion.svg\n"
    "  elu-lab predict runs/photos new.jpg\n"
    "  elu-lab compare --quick --output out/compare\n"
    "  elu-lab compare --output out/full\n"
    "  elu-lab compare --activations relu,elu,selu --norm both --lr-factors 1,4,16 --output out/rates\n"
    "  elu-lab compare --shard 2/3 --threads 2 --output part2    and 1/3, 3/3 on other machines\n"
    "  elu-lab merge part1 part2 part3 --output out/merged\n"
    "  elu-lab report out/full out/rates --output report.html";

// An exception of PyTorch's carries a stack trace; its first line is for people.
std::string WordsOf(const std::exception& error) {
  const auto* torch_error = dynamic_cast<const c10::Error*>(&error);
  std::string text = torch_error != nullptr ? torch_error->what_without_backtrace() : error.what();
  if (text.find("DefaultCPUAllocator: ") != std::string::npos) return "out of memory";  // PyTorch's bad_alloc
  if (torch_error != nullptr) text.resize(std::min(text.size(), text.find('\n')));
  return text;
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

// Every step of a training asks for the same large tensors: what it frees stays with the program, or else the system
// would map and clear these pages anew, which takes a quarter of the step.
void KeepFreedMemory() {
#ifdef M_MMAP_MAX
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, -1);
#endif
}

// What is wrong with the command line.
program::WrongUse Refusal(const CLI::App& app, const CLI::ParseError& error, const std::vector<std::string>& words) {
  const std::string no_command = program::NoSuchCommand(words, app);
  return program::WrongUse(program::WithHelp(no_command.empty() ? error.what() : no_command, app));
}

void FinishOutput(const std::string& advice = "") {
  if (!std::cout.flush()) throw std::runtime_error("cannot write to standard output" + advice);
}

int Run(int argc, char** argv) {
  CLI::App app("Train ConvNetELU on CIFAR-10 or your own images, with any activation.", "elu-lab");
  program::SetHelp(app, kExamples);
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("elu-lab ") + elu_version());
  const std::string command_line = CommandLine(argc, argv);
  const std::vector<Command> commands = {
      AddTrain(app), AddCompare(app, command_line), AddMerge(app, command_line), AddEvaluate(app), AddPredict(app),
      AddReport(app)};
  std::signal(SIGPIPE, SIG_IGN);  // whoever reads the lines may leave: the files are written all the same
  const std::vector<std::string> words = program::CommandWords(argc, argv);
  try {
    app.parse(std::vector(words));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) throw Refusal(app, error, words);
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

int RunCommandLine(int argc, char** argv) {
  KeepFreedMemory();
  const auto run = [&] { return Run(argc, argv); };
  return program::RunToItsEnd("elu-lab", run, WordsOf);
}

}  // namespace elu_lab
