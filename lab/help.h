// Help as people read it: examples first.
#ifndef ELU_LAB_HELP_H_
#define ELU_LAB_HELP_H_

#include <CLI/CLI.hpp>
#include <string>

namespace elu_lab {

// The help of a command begins with these lines, which end without a newline.
void SetExamples(CLI::App& command, const std::string& examples);

// "see elu-lab train --help": of the command that was asked for, as far as that was understood.
std::string WhereHelpIs(const CLI::App& app);

}  // namespace elu_lab

#endif  // ELU_LAB_HELP_H_
