// The last stage of the reference: MPFR with so many bits that all products and sums of parameters are exact.
#ifndef ELU_SRC_REFERENCE_EXACT_H_
#define ELU_SRC_REFERENCE_EXACT_H_

#include <cstddef>

#include "elu/elu.h"

namespace elu::reference::exact {

// dy * scale * alpha * expm1(input_scale * x) for x < 0 (with dy = 1, f)
float BelowZero(float x, const elu_params& p);

// dy * scale * alpha * input_scale * exp(input_scale * x) for x <= 0
float SlopeBelowZero(float dy, float x, const elu_params& p);

// dy * input_scale * (y + scale * alpha)
float SlopeFromOutput(float dy, float y, const elu_params& p);

// a * b
float Product(double a, double b);

std::size_t Calls();

}  // namespace elu::reference::exact

#endif  // ELU_SRC_REFERENCE_EXACT_H_
