// The one call of a function of elu.h with what it takes. No part of elu's contract: it may change in any version.
#ifndef ELU_DETAIL_CALL_HPP_
#define ELU_DETAIL_CALL_HPP_

#include <cstddef>

#include "elu/elu.h"

namespace elu::detail {

// function(in..., out, n, p, accuracy), without p or accuracy where the function takes none.
template <class Function, class T, class... In>
elu_status Apply(Function function, const elu_params* p, elu_accuracy accuracy, std::size_t n, T* out, In... in) {
  if constexpr (requires { function(in..., out, n, p, accuracy); }) return function(in..., out, n, p, accuracy);
  else if constexpr (requires { function(in..., out, n, p); }) return function(in..., out, n, p);
  else return function(in..., out, n, accuracy);
}

}  // namespace elu::detail

#endif  // ELU_DETAIL_CALL_HPP_
