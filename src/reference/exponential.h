// exp and expm1 in two doubles for the reference: 2^(k / 4096) from a table times a short series.
#ifndef ELU_SRC_REFERENCE_EXPONENTIAL_H_
#define ELU_SRC_REFERENCE_EXPONENTIAL_H_

#include "src/reference/pair.h"

namespace elu::reference {

// Relative error of Exp, for -2400 < z <= 0. The bounds' sources are in exponential.cc.
inline constexpr double kExpError = 0x1p-76;
Scaled Exp(Pair z);

// For -45 < z < 0; relative error Expm1Error(z), below 2^-62.
Pair Expm1(Pair z);
double Expm1Error(double z);

}  // namespace elu::reference

#endif  // ELU_SRC_REFERENCE_EXPONENTIAL_H_
