// The command line of elu-lab.
#ifndef ELU_LAB_COMMAND_COMMAND_LINE_H_
#define ELU_LAB_COMMAND_COMMAND_LINE_H_

namespace elu_lab {

// All that the program does, from its arguments to its exit code.
int RunCommandLine(int argc, char** argv);

}  // namespace elu_lab

#endif  // ELU_LAB_COMMAND_COMMAND_LINE_H_
