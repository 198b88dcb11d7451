// The last stage of the reference: MPFR with so many bits that all products and sums of parameters are exact.
#ifndef ELU_SRC_REFERENCE_EXACT_H_
#define ELU_SRC_REFERENCE_EXACT_H_

#include <array>
#include <cstddef>

#include "elu/elu.h"
#include "src/reference/pair.h"

namespace elu::reference {

// Numbers to be multiplied: scale, alpha, input_scale twice, dy, ddx, or 1 instead.
using Factors = std::array<double, 6>;

}  // namespace elu::reference

// Results in two doubles that lie on the same side of every tie of a format as the real value.
namespace elu::reference::exact {

// scale * alpha * expm1(input_scale * x) for x < 0
Scaled BelowZero(double x, const elu_params& p);

// factors * exp(input_scale * x) for x <= 0
Scaled SlopeBelowZero(double x, double input_scale, const Factors& factors);

// dy * input_scale * (y + scale * alpha)
Scaled SlopeFromOutput(double dy, double y, const elu_params& p);

// The product of all factors.
Scaled Product(const Factors& factors);

std::size_t Calls();

}  // namespace elu::reference::exact

#endif  // ELU_SRC_REFERENCE_EXACT_H_
