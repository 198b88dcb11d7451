// The rows of elu table that rest on mathematics, each with what training has to say of it.
#ifndef ELU_CLI_TEXTBOOK_ROWS_H_
#define ELU_CLI_TEXTBOOK_ROWS_H_

#include <vector>

#include "cli/kernel/dtype.h"
#include "cli/textbook/activations.h"
#include "cli/textbook/row.h"

namespace elu::cli {

// What is compared, in numbers of one type.
struct Subjects {
  const Dtype& dtype;
  double alpha;
  Activation relu, leaky, elu;
};

// The function itself.
Row NegativeInputsRow(const Subjects& s);
Row RangeRow(const Subjects& s);
Row SmoothnessRow(const Subjects& s);
Row ZeroCentredRow(const Subjects& s);
Row MonotonicRow(const Subjects& s);
Row DeadNeuronsRow(const Subjects& s);

// What it does in a network.
Row NoiseRow(const Subjects& s);
Row InitialisationRow(const Subjects& s);
Row ConvergenceRow();
Row BestForRow();
Row ChoiceOfAlphaRow(const Dtype& dtype);

}  // namespace elu::cli

#endif  // ELU_CLI_TEXTBOOK_ROWS_H_
