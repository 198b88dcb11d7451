// elu's kernels through the C ABI.
#include <elu/detail/family.hpp>

#include <algorithm>
#include <string>
#include <utility>

#include "bench/contestants.h"

namespace bench {
namespace {

using elu::detail::Function;

template <class T>
Call Prepare(elu::detail::Call<T> function, const Task& task, const Arrays& arrays, elu_accuracy accuracy) {
  const auto* x = static_cast<const T*>(arrays.x);
  const auto* dy = static_cast<const T*>(arrays.dy);
  auto* y = static_cast<T*>(arrays.y);
  return {[=, n = arrays.n, p = task.params] { function(nullptr, dy, x, y, n, &p, accuracy); }};
}

Call PrepareOurs(const Task& task, const Arrays& arrays, elu_accuracy accuracy) {
  std::string name = task.function;
  std::ranges::replace(name, '_', '-');
  const Function& function = *elu::detail::Find(name);
  if (accuracy == ELU_FAST && !function.accuracy) return {};
  if (task.dtype == "f32") return Prepare(function.f32, task, arrays, accuracy);
  if (accuracy == ELU_FAST) return {};  // the other types give the bits of the accurate mode
  if (task.dtype == "f64") return Prepare(function.f64, task, arrays, accuracy);
  return Prepare(task.dtype == "f16" ? function.f16 : function.bf16, task, arrays, accuracy);
}

}  // namespace

void AddOurs(std::vector<Contestant>* list) {
  for (const auto& [name, accuracy] : {std::pair{"elu accurate", ELU_ACCURATE}, {"elu fast", ELU_FAST}}) {
    list->push_back({name, elu_version(), [accuracy = accuracy](const Task& task, const Arrays& arrays) {
                       return PrepareOurs(task, arrays, accuracy);
                     }});
  }
}

}  // namespace bench
