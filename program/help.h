// What both programs say of their command lines.
#ifndef ELU_PROGRAM_HELP_H_
#define ELU_PROGRAM_HELP_H_

#include <string>
#include <vector>

namespace CLI {
class App;  // its header, of the parser, takes seconds to compile
}

namespace program {

// The help of a command begins with these lines, and its usage ends with its operands: " [NUMBER...]".
void SetHelp(CLI::App& command, const std::string& examples, const std::string& operands = "");

// "...; see elu-lab train --help": of the command that was asked for, as far as that was understood.
std::string WithHelp(const std::string& fault, const CLI::App& app);

// The words of a command line in the order in which CLI11 takes them, which is from the last to the first, without the
// program's name. No word asks for help; "help eval" means "eval --help"; "version" and "-V" mean "--version".
std::vector<std::string> CommandWords(int argc, char** argv);

// What is wrong where the first word is no command: "there is no command 'evl'; did you mean eval?", or all commands.
// "" where it is one, or an option.
std::string NoSuchCommand(const std::vector<std::string>& words, const CLI::App& app);

}  // namespace program

#endif  // ELU_PROGRAM_HELP_H_
