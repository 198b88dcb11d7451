// `elu-lab compare`: one network, one seed, the same batches; the activations take turns.
#ifndef ELU_LAB_COMPARE_H_
#define ELU_LAB_COMPARE_H_

#include <iosfwd>

#include "settings.h"

namespace elu_lab {

// Trains and tests each activation; prints a table to `out` and progress to stderr; writes results.json and, for each
// activation, NAME.safetensors to the output folder. Throws std::exception with one line for people.
void Compare(const CompareSettings& settings, std::ostream& out);

}  // namespace elu_lab

#endif  // ELU_LAB_COMPARE_H_
