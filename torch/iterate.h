// Runs a function of elu.h over tensors of any layout, on PyTorch's threads.
#ifndef ELU_TORCH_ITERATE_H_
#define ELU_TORCH_ITERATE_H_

#include <ATen/TensorIterator.h>

#include "array_functions.h"

namespace elu::torch {

// Over n elements in a row; the output is one of the inputs or apart from them.
void RunContiguous(const Call& call, at::ArrayRef<const void*> in, void* out, int64_t n, int64_t element_size);

// Over all elements of an iterator whose operands are the output and then the inputs, all of one number type. Memory is
// read and written where it lies when an operand's inner stride allows, else by way of a buffer on the stack.
void RunIterator(const Call& call, at::TensorIteratorBase& iterator);

}  // namespace elu::torch

#endif  // ELU_TORCH_ITERATE_H_
