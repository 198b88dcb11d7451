// The options that choose kernels and their parameters, for the commands that run many.
#ifndef ELU_CLI_KERNEL_SELECTION_H_
#define ELU_CLI_KERNEL_SELECTION_H_

#include <string>
#include <vector>

#include "cli/kernel/dtype.h"
#include "elu/elu.hpp"
#include "program/wrong_use.h"
#include "src/functions.h"

namespace CLI {
class App;  // its header, of the parser, takes seconds to compile
}

namespace elu::cli {

struct Selection {
  std::string function = "all", dtype = "all", accuracy = "all";
  Params params;
  bool own_params = false;  // some were given
};

struct Kernel {
  const Function* function;
  const Dtype* dtype;
  elu_accuracy accuracy;
};

// The error of what asked for an instruction set that this machine lacks.
program::WrongUse NoSuchTarget(const std::string& request);

// An option that takes one of these values, the default among them.
void AddChoice(CLI::App& command, const char* option, std::string& value, const char* text,
               const std::vector<std::string>& values);

// --alpha, --scale and --input-scale, or all three by name: --selu, --celu.
void AddParameters(CLI::App& command, Params& params);

// The first of them that was given; "" if none.
std::string GivenParameters(const CLI::App& command);

// --threads, from 1 to 1024.
void AddThreads(CLI::App& command, unsigned& threads, const char* text);

// --function, --dtype, --accuracy and those of AddParameters.
void AddSelection(CLI::App& command, Selection& selection);

const char* AccuracyName(elu_accuracy accuracy);  // "accurate"

// What was chosen: "all" leaves out what is not defined at these parameters, and fast where it has the bits of
// accurate. Throws WrongUse if what is named takes no parameters or is not defined at them, std::invalid_argument for
// what elu.h refuses.
std::vector<Kernel> SelectedKernels(const Selection& selection);

}  // namespace elu::cli

#endif  // ELU_CLI_KERNEL_SELECTION_H_
