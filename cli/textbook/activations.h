// The activations that elu table compares and elu plot draws.
#ifndef ELU_CLI_TEXTBOOK_ACTIVATIONS_H_
#define ELU_CLI_TEXTBOOK_ACTIVATIONS_H_

#include "cli/kernel/dtype.h"
#include "cli/textbook/properties.h"

namespace elu::cli {

struct Activation {
  ArrayFunction function, derivative;  // of numbers of one type
  double mean, gain;                   // of real numbers: E[f(z)] and 1 / sqrt(E[f(z)^2]), z ~ N(0, 1)
};

// Throws std::invalid_argument if the parameters are not admitted.
Activation Elu(const Dtype& dtype, const Params& params);

// ELU at alpha 0.
Activation Relu(const Dtype& dtype);

// x for x > 0, x / 100 else.
Activation LeakyRelu();

}  // namespace elu::cli

#endif  // ELU_CLI_TEXTBOOK_ACTIVATIONS_H_
