// ReLU and Leaky ReLU as yardsticks: what kernels without mathematics cost on the same instruction set.
#ifndef ELU_CLI_TIMING_RELU_H_
#define ELU_CLI_TIMING_RELU_H_

#include <cstddef>

#include "src/reference/reference.h"

namespace elu::cli {

// Of n numbers, in vectors of the instruction set that elu_target() names.
using SimpleFunction = void (*)(const void* x, void* y, std::size_t n);

// max(x, 0) of numbers of a format.
SimpleFunction VectorRelu(reference::Format format);

// max(x, 0.01 x) of floats.
SimpleFunction VectorLeakyRelu();

}  // namespace elu::cli

#endif  // ELU_CLI_TIMING_RELU_H_
