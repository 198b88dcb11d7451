// The drop-in for PyTorch and libtorch: one line, and existing programs run on elu's kernels.
//
//     elu::torch::enable();
//
// From then on torch::nn::ELU, SELU and CELU, their functional and in-place forms, at::elu and all gradients compute
// contiguous float32 CPU tensors here, correctly rounded; every other tensor, and every call after disable(), goes to
// PyTorch's own kernel. Calls use PyTorch's thread pool. Nothing is printed.
#ifndef ELU_TORCH_HPP_
#define ELU_TORCH_HPP_

#include "elu/elu.h"

namespace elu::torch {

// Switches to elu's kernels, for all threads. Calling it again changes nothing. Throws c10::Error if PyTorch refuses.
// The first call changes PyTorch's dispatch table, which is not synchronised: make it before other threads compute.
ELU_API void enable();

// Switches back to PyTorch's own kernels, whose results are what they were before enable(). For all threads, at any
// time.
ELU_API void disable();

ELU_API bool enabled();

}  // namespace elu::torch

#endif  // ELU_TORCH_HPP_
