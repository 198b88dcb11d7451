// The commands of the program `elu`. Each adds itself to the app. When it fails it throws program::WrongUse or another
// std::exception.
#ifndef ELU_CLI_COMMANDS_H_
#define ELU_CLI_COMMANDS_H_

namespace CLI {
class App;  // its header, of the parser, takes seconds to compile
}

namespace elu::cli {

void AddBench(CLI::App& app);
void AddEval(CLI::App& app);
void AddInfo(CLI::App& app);
void AddPlot(CLI::App& app);
void AddTable(CLI::App& app);
void AddVerify(CLI::App& app);

}  // namespace elu::cli

#endif  // ELU_CLI_COMMANDS_H_
