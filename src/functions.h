// The functions of arrays of the table: what `elu eval` and `elu verify` offer and the tests run through.
#ifndef ELU_SRC_FUNCTIONS_H_
#define ELU_SRC_FUNCTIONS_H_

#include <stdexcept>
#include <string>

#include "elu/detail/family.hpp"

namespace elu {

using detail::Call;
using detail::Function;

inline constexpr auto& kFunctions = detail::kFamily;

// The function that has this name; std::out_of_range if none.
inline const Function& FindFunction(const std::string& name) {
  if (const Function* function = detail::Find(name)) return *function;
  throw std::out_of_range("there is no function '" + name + "'");
}

}  // namespace elu

#endif  // ELU_SRC_FUNCTIONS_H_
