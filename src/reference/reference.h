// The oracle of `elu verify` and the tests: slow, correctly rounded, and without a line in common with src/cpu.
//
// Three stages. Double arithmetic with a stated bound decides nearly every input of a narrow format; two doubles decide
// nearly all of float64, and elsewhere the tiny and the saturated inputs, where ties would be frequent; MPFR decides
// the rest and is the last word.
#ifndef ELU_SRC_REFERENCE_REFERENCE_H_
#define ELU_SRC_REFERENCE_REFERENCE_H_

#include <cstddef>
#include <string_view>

#include "elu/elu.h"

namespace elu::reference {

enum class Format { float32, float64, float16, bfloat16 };

// Numbers of the format, held as doubles. x is y in functions of the output.
struct Inputs {
  double x, dy = 1, ddx = 1;
};

// An exact result: what it rounds to in the format, to nearest with ties to even, and what is missing from there, in
// units in the last place (ulp) of `rounded` and good to 2^-10 of them. `rest` is 0 where rounded is infinite or NaN.
struct Value {
  double rounded, rest;
};

// Whether elu was built with it, which MPFR is needed for; if not, all other functions here throw std::logic_error.
bool Available();

using Function = Value (*)(Format format, const Inputs& in, const elu_params& p);

// The exact results of the function of arrays that has this name in elu/detail/family.hpp; std::out_of_range if none.
// Functions without parameters are those at alpha = scale = input_scale = 1, whatever p says.
Function Find(std::string_view name);

// |computed - exact| in units in the last place of the exact result rounded to the format; infinite where one of them
// is NaN or infinite and the other is not the same, and between zeros of different signs.
double ErrorInUlps(Format format, double computed, const Value& exact);

// How often the calling thread has asked MPFR so far.
std::size_t MpfrCalls();

}  // namespace elu::reference

#endif  // ELU_SRC_REFERENCE_REFERENCE_H_
