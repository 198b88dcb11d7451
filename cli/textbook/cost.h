// What the activations cost on this machine, by the rounds and the ReLU of elu bench.
#ifndef ELU_CLI_TEXTBOOK_COST_H_
#define ELU_CLI_TEXTBOOK_COST_H_

#include "cli/textbook/row.h"
#include "elu/elu.hpp"

namespace elu::cli {

// Of floats, at two sizes and both accuracies; measured now, for a fifth of a second.
Row ComputingCostRow(const Params& params);

}  // namespace elu::cli

#endif  // ELU_CLI_TEXTBOOK_COST_H_
