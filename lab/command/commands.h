// The subcommands of elu-lab: what each takes, and what it does.
#ifndef ELU_LAB_COMMAND_COMMANDS_H_
#define ELU_LAB_COMMAND_COMMANDS_H_

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

namespace elu_lab {

struct Command {
  CLI::App* options;
  std::function<int()> run;  // once the command line is read; returns the exit code
};

Command AddTrain(CLI::App& app);
Command AddCompare(CLI::App& app, const std::string& command_line);  // as typed, for its results
Command AddEvaluate(CLI::App& app);
Command AddPredict(CLI::App& app);
Command AddMerge(CLI::App& app, const std::string& command_line);  // the same
Command AddReport(CLI::App& app);

}  // namespace elu_lab

#endif  // ELU_LAB_COMMAND_COMMANDS_H_
