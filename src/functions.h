// The one table of the functions of a single array: what `elu eval` offers and the tests run through.
#ifndef ELU_SRC_FUNCTIONS_H_
#define ELU_SRC_FUNCTIONS_H_

#include <cstddef>

#include "elu/elu.h"

namespace elu {

struct Function {
  const char* name;     // as in --function
  const char* formula;  // in terms of its input
  elu_status (*f32)(const float* in, float* out, std::size_t n, const elu_params* p, elu_accuracy accuracy);
};

inline constexpr Function kFunctions[] = {
    {"forward", "scale * x for x > 0, scale * alpha * (exp(input_scale * x) - 1) else", elu_forward_f32},
    {"derivative", "scale for x > 0, scale * alpha * input_scale * exp(input_scale * x) else", elu_derivative_f32},
    {"derivative-from-output", "scale for y > 0, input_scale * (y + scale * alpha) else, 0 at the limit",
     [](const float* y, float* dydx, std::size_t n, const elu_params* p, elu_accuracy) {
       return elu_derivative_from_output_f32(y, dydx, n, p);
     }},
};

}  // namespace elu

#endif  // ELU_SRC_FUNCTIONS_H_
