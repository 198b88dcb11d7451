// The commands of the program `elu`. Each adds itself to the app and throws Failure or std::exception when it fails.
#ifndef ELU_CLI_COMMANDS_H_
#define ELU_CLI_COMMANDS_H_

#include <stdexcept>
#include <string>

#include "proof/with_target.h"

namespace CLI {
class App;  // its header, of the parser, takes seconds to compile
}

namespace elu::cli {

// The request was wrong, rather than its execution: exit 2.
class WrongUse : public std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

// What asked for an instruction set that this machine lacks.
inline WrongUse NoSuchTarget(const std::string& request) {
  std::string text = request + ": this machine has only";
  const char* separator = " ";
  for (const std::string& name : proof::AvailableTargets()) {
    text += separator + name;
    separator = ", ";
  }
  return WrongUse(text);
}

void AddBench(CLI::App& app);
void AddEval(CLI::App& app);
void AddInfo(CLI::App& app);
void AddPlot(CLI::App& app);
void AddTable(CLI::App& app);
void AddVerify(CLI::App& app);

}  // namespace elu::cli

#endif  // ELU_CLI_COMMANDS_H_
