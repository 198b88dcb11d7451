// elu-lab: trains ConvNetELU, compares activations, uses what was trained.
#include "lab/command/command_line.h"

int main(int argc, char** argv) { return elu_lab::RunCommandLine(argc, argv); }
