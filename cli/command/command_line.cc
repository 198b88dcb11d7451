#include "cli/command/command_line.h"

#include <string>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "elu/elu.hpp"
#include "program/help.h"
#include "program/wrong_use.h"

namespace elu::cli {
namespace {

constexpr const char* kProgramExamples =
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

}  // namespace

std::unique_ptr<CLI::App> MakeCommandLine() {
  auto app = std::make_unique<CLI::App>(
      "Evaluate, tabulate, plot, verify, time ELU: x for x > 0, alpha (exp(x) - 1) for x <= 0.", "elu");
  program::SetHelp(*app, kProgramExamples);
  app->require_subcommand(1);
  app->set_version_flag("--version", std::string("elu ") + elu_version());
  AddEval(*app);
  AddTable(*app);
  AddPlot(*app);
  AddVerify(*app);
  AddBench(*app);
  AddInfo(*app);
  return app;
}

void RunCommandLine(CLI::App& app, int argc, char** argv) {
  std::vector<std::string> words = program::CommandWords(argc, argv);
  // Negative numbers are told from options without the customary "--", which the parser would reject there.
  std::erase(words, "--");
  const std::string fault = program::NoSuchCommand(words, app);
  if (!fault.empty()) throw program::WrongUse(fault);
  app.parse(std::move(words));
}

}  // namespace elu::cli
