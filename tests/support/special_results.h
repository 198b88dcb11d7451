// What a kernel gives for a row of the tables of special inputs.
#ifndef ELU_TESTS_SUPPORT_SPECIAL_RESULTS_H_
#define ELU_TESTS_SUPPORT_SPECIAL_RESULTS_H_

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include "src/functions.h"
#include "src/reference/reference.h"
#include "tests/support/special_inputs.h"

namespace elu::tests {

// What the row does not have is 1.
inline reference::Inputs InputsOf(const SpecialInput& row) {
  reference::Inputs in = {.x = row.x};
  if (!row.factors.empty()) in.dy = row.factors.back();
  if (row.factors.size() > 1) in.ddx = row.factors.front();
  return in;
}

// Equal elements: full vectors and a remainder on every target.
template <class Type>
std::vector<typename Type::T> ResultsOf(const Type& type, const SpecialInput& row, elu_accuracy accuracy) {
  using T = typename Type::T;
  constexpr std::size_t kLength = 67;
  const reference::Inputs in = InputsOf(row);
  const std::vector<T> ddx(kLength, Type::FromDouble(in.ddx)), dy(kLength, Type::FromDouble(in.dy));
  const std::vector<T> x(kLength, Type::FromDouble(in.x));
  std::vector<T> got(kLength);
  const elu_params p = detail::ToC(row.params);
  const Call<T> call = FindFunction(row.function).*type.call;
  if (call(ddx.data(), dy.data(), x.data(), got.data(), kLength, &p, accuracy) != ELU_OK) {
    throw std::runtime_error(row.function + " fails");
  }
  return got;
}

}  // namespace elu::tests

#endif  // ELU_TESTS_SUPPORT_SPECIAL_RESULTS_H_
