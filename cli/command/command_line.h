// The command line of the program `elu`.
#ifndef ELU_CLI_COMMAND_COMMAND_LINE_H_
#define ELU_CLI_COMMAND_COMMAND_LINE_H_

#include <CLI/CLI.hpp>
#include <memory>

namespace elu::cli {

// The parser, with every command.
std::unique_ptr<CLI::App> MakeCommandLine();

// Parses the words after argv[0], which it may move, and runs the command that they name. Throws CLI::ParseError, also
// where help or the version is asked for, and what the commands throw.
void RunCommandLine(CLI::App& app, int argc, char** argv);

}  // namespace elu::cli

#endif  // ELU_CLI_COMMAND_COMMAND_LINE_H_
