// PyTorch's parameters as elu takes them.
#ifndef ELU_TORCH_PARAMETERS_H_
#define ELU_TORCH_PARAMETERS_H_

#include <c10/core/Scalar.h>

#include <optional>

#include "torch/array_functions.h"

namespace elu::torch {

// A call of aten's elu or its gradient, if elu is switched on, has the number type and admits the parameters.
std::optional<Call> Admitted(Function function, c10::ScalarType dtype, const c10::Scalar& alpha,
                             const c10::Scalar& scale, const c10::Scalar& input_scale);

}  // namespace elu::torch

#endif  // ELU_TORCH_PARAMETERS_H_
