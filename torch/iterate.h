// Runs a function of elu.h over tensors of any layout, large ones on PyTorch's threads.
#ifndef ELU_TORCH_ITERATE_H_
#define ELU_TORCH_ITERATE_H_

#include <ATen/TensorIterator.h>

#include "torch/array_functions.h"

namespace elu::torch {

// Elements that are worth a thread: as many as PyTorch's own kernels take.
inline constexpr int64_t kGrain = 32768;

// Over n elements in a row, on this thread; the output is one of the inputs or apart from them.
void RunInOneRow(const Call& call, at::ArrayRef<const void*> in, void* out, int64_t n);

// Over all elements of an iterator whose operands are the output and then the inputs, all of one number type. Memory is
// read and written where it lies when an operand's inner stride allows, else by way of a buffer on the stack.
void RunIterator(const Call& call, at::TensorIteratorBase& iterator);

}  // namespace elu::torch

#endif  // ELU_TORCH_ITERATE_H_
