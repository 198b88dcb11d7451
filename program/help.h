// What both programs say of their command lines.
#ifndef ELU_PROGRAM_HELP_H_
#define ELU_PROGRAM_HELP_H_

#include <string>

namespace CLI {
class App;  // its header, of the parser, takes seconds to compile
}

namespace program {

// The help of a command begins with these lines, and its usage ends with its operands: " [NUMBER...]".
void SetHelp(CLI::App& command, const std::string& examples, const std::string& operands = "");

// "see elu-lab train --help": of the command that was asked for, as far as that was understood.
std::string WhereHelpIs(const CLI::App& app);

// "train, compare": all commands, where the first word is none of them. "" where it is one, or an option, or missing.
std::string CommandsInsteadOf(const char* word, const CLI::App& app);

}  // namespace program

#endif  // ELU_PROGRAM_HELP_H_
