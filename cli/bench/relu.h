// ReLU as a yardstick: what a kernel without mathematics costs on the same instruction set.
#ifndef ELU_CLI_BENCH_RELU_H_
#define ELU_CLI_BENCH_RELU_H_

#include <cstddef>

#include "src/reference/reference.h"

namespace elu::cli {

// max(x, 0) of n numbers of a format, in vectors of the instruction set that elu_target() names.
using ReluFunction = void (*)(const void* x, void* y, std::size_t n);
ReluFunction VectorRelu(reference::Format format);

}  // namespace elu::cli

#endif  // ELU_CLI_BENCH_RELU_H_
