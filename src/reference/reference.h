// The oracle of the tests: slow, correctly rounded, and without a line in common with src/cpu.
//
// Three stages. Double arithmetic with a stated bound decides nearly every input; two doubles decide the tiny and the
// saturated ones, where ties would be frequent; MPFR decides the rest and is the last word.
#ifndef ELU_SRC_REFERENCE_REFERENCE_H_
#define ELU_SRC_REFERENCE_REFERENCE_H_

#include <cstddef>

#include "elu/elu.h"

namespace elu::reference {

// f(x)
float Forward(float x, const elu_params& p);

// f'(x)
float Derivative(float x, const elu_params& p);

// f' of the x whose output is y
float DerivativeFromOutput(float y, const elu_params& p);

// dy * f'(x), rounded once
float Backward(float dy, float x, const elu_params& p);

// dy * f' of the x whose output is y, rounded once
float BackwardFromOutput(float dy, float y, const elu_params& p);

// How often the calling thread has asked MPFR so far.
std::size_t MpfrCalls();

}  // namespace elu::reference

#endif  // ELU_SRC_REFERENCE_REFERENCE_H_
