// The textbook's properties of an activation, as figures computed with the numbers of a type.
#ifndef ELU_CLI_TEXTBOOK_PROPERTIES_H_
#define ELU_CLI_TEXTBOOK_PROPERTIES_H_

#include <cstddef>
#include <functional>
#include <vector>

#include "cli/kernel/dtype.h"

namespace elu::cli {

// y[i] = f(x[i]) for numbers of one type, held as doubles.
using ArrayFunction = std::function<std::vector<double>(const std::vector<double>& x)>;

double At(const ArrayFunction& f, double x);

double LimitBelow(const ArrayFunction& f);  // at minus infinity

// The largest x <= 0 of the type with f(y) == value for all y <= x, by bisection; f must be monotonic there.
double LastWithValue(const Dtype& dtype, const ArrayFunction& f, double value);

// All finite numbers of a type of 16 bits, else about a million spread evenly over the bit patterns; increasing.
std::vector<double> IncreasingNumbers(const Dtype& dtype);

// How often f falls from one of these numbers to the next.
std::size_t CountFalls(const ArrayFunction& f, const std::vector<double>& increasing);

}  // namespace elu::cli

#endif  // ELU_CLI_TEXTBOOK_PROPERTIES_H_
