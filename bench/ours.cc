// elu's kernels through the C ABI.
#include <elu/elu.h>

#include <cstdint>
#include <utility>

#include "bench/contestants.h"

namespace bench {
namespace {

template <class T>
using OneInput = elu_status(const T*, T*, size_t, const elu_params*, elu_accuracy);
template <class T>
using TwoInputs = elu_status(const T*, const T*, T*, size_t, const elu_params*, elu_accuracy);
template <class T>
using FromOutput = elu_status(const T*, const T*, T*, size_t, const elu_params*);

template <class T>
Call Prepare(const Task& task, const Arrays& arrays, elu_accuracy accuracy, OneInput<T>* forward,
             OneInput<T>* derivative, TwoInputs<T>* backward, FromOutput<T>* from_output) {
  const auto* x = static_cast<const T*>(arrays.x);
  const auto* dy = static_cast<const T*>(arrays.dy);
  auto* y = static_cast<T*>(arrays.y);
  const size_t n = arrays.n;
  const elu_params p = task.params;
  if (task.function == "forward") return {[=] { forward(x, y, n, &p, accuracy); }};
  if (task.function == "derivative") return {[=] { derivative(x, y, n, &p, accuracy); }};
  if (task.function == "backward") return {[=] { backward(dy, x, y, n, &p, accuracy); }};
  if (accuracy == ELU_FAST) return {};  // gradients from the output have one mode
  return {[=] { from_output(dy, x, y, n, &p); }};
}

Call PrepareOurs(const Task& task, const Arrays& arrays, elu_accuracy accuracy) {
  if (task.dtype == "f32") {
    return Prepare<float>(task, arrays, accuracy, elu_forward_f32, elu_derivative_f32, elu_backward_f32,
                          elu_backward_from_output_f32);
  }
  if (accuracy == ELU_FAST) return {};  // the other types give the bits of the accurate mode
  if (task.dtype == "f64") {
    return Prepare<double>(task, arrays, accuracy, elu_forward_f64, elu_derivative_f64, elu_backward_f64,
                           elu_backward_from_output_f64);
  }
  if (task.dtype == "f16") {
    return Prepare<uint16_t>(task, arrays, accuracy, elu_forward_f16, elu_derivative_f16, elu_backward_f16,
                             elu_backward_from_output_f16);
  }
  return Prepare<uint16_t>(task, arrays, accuracy, elu_forward_bf16, elu_derivative_bf16, elu_backward_bf16,
                           elu_backward_from_output_bf16);
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
