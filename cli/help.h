// Help as people read it: examples first.
#ifndef ELU_CLI_HELP_H_
#define ELU_CLI_HELP_H_

#include <string>

namespace CLI {
class App;  // its header, of the parser, takes seconds to compile
}

namespace elu::cli {

// The help of a command begins with these lines, and its usage ends with its operands: " [NUMBER...]".
void SetHelp(CLI::App& command, const std::string& examples, const std::string& operands = "");

}  // namespace elu::cli

#endif  // ELU_CLI_HELP_H_
