// The functions of elu.h behind one signature, chosen by function and number type.
#ifndef ELU_TORCH_ARRAY_FUNCTIONS_H_
#define ELU_TORCH_ARRAY_FUNCTIONS_H_

#include <c10/core/ScalarType.h>

#include <cstddef>

#include "elu/elu.h"

namespace elu::torch {

enum class Function { forward, backward, backward_from_output, double_backward, plus_one };

// `in` holds the inputs in elu.h's order; what a function does not take of parameters and accuracy it ignores.
using ArrayFunction = elu_status (*)(const void* const* in, void* out, std::size_t n, const elu_params& p,
                                     elu_accuracy accuracy);

// nullptr for number types that elu.h does not have.
ArrayFunction FindArrayFunction(Function function, c10::ScalarType dtype);

// A function with everything that it needs but the arrays.
struct Call {
  ArrayFunction function;
  elu_params params;
  elu_accuracy accuracy;

  elu_status operator()(const void* const* in, void* out, std::size_t n) const {
    return function(in, out, n, params, accuracy);
  }
  // Whether the parameters are admitted.
  elu_status Check() const { return function(nullptr, nullptr, 0, params, accuracy); }
};

}  // namespace elu::torch

#endif  // ELU_TORCH_ARRAY_FUNCTIONS_H_
