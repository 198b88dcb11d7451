// The functions of arrays of elu.h on Python buffers.
#ifndef ELU_PYTHON_FUNCTIONS_H_
#define ELU_PYTHON_FUNCTIONS_H_

#include <nanobind/nanobind.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "elu/elu.h"
#include "python/buffer.h"
#include "python/parallel.h"

namespace elu::python {

// Raises ValueError with what a status other than ELU_OK means.
void Check(elu_status status, const elu_params& params);

// A function of elu.h on [begin, begin + n) of arrays, given what it takes of the parameters and the accuracy.
template <auto function, class T, std::size_t... i>
elu_status Call(std::index_sequence<i...>, const T* const* in, T* out, std::size_t begin, std::size_t n,
                const elu_params& p, elu_accuracy accuracy) {
  if constexpr (requires { function(in[i]..., out, n, &p, accuracy); }) {
    return function(in[i] + begin..., out + begin, n, &p, accuracy);
  } else if constexpr (requires { function(in[i]..., out, n, &p); }) {
    return function(in[i] + begin..., out + begin, n, &p);
  } else {
    return function(in[i] + begin..., out + begin, n, accuracy);
  }
}

template <std::size_t inputs>
using Buffers = std::array<Buffer, inputs>;

template <auto function, class T, std::size_t inputs>
bool RunTyped(const Buffers<inputs>& in, const Buffer& out, const elu_params& p, elu_accuracy accuracy) {
  constexpr std::make_index_sequence<inputs> all;
  std::array<const T*, inputs> data;
  for (std::size_t i = 0; i < inputs; ++i) data[i] = in[i].template data<const T>();
  // On no elements: what is wrong with the parameters is said before anything is written.
  Check(Call<function>(all, data.data(), out.data<T>(), 0, 0, p, accuracy), p);
  for (const Buffer& array : in) {
    if (!array.Corresponds(out)) return false;
  }
  std::atomic<elu_status> failure = ELU_OK;
  {
    const nanobind::gil_scoped_release released;
    InParallel(out.size(), [&](std::size_t begin, std::size_t end) {
      const elu_status status = Call<function>(all, data.data(), out.data<T>(), begin, end - begin, p, accuracy);
      if (status != ELU_OK) failure = status;
    });
  }
  Check(failure, p);
  return true;
}

// Runs the function that the arrays' format asks for, bfloat16 being uint16. False, and nothing written, unless all are
// dense with their elements in one order. The output may be an input; the caller has excluded that it overlaps one in
// part.
template <std::size_t inputs, auto f32, auto f64, auto f16, auto bf16>
bool Run(const Buffers<inputs>& in, const Buffer& out, const elu_params& p, elu_accuracy accuracy) {
  for (const Buffer& array : in) {
    if (array.format() != out.format()) throw nanobind::type_error("the arrays differ in type");
  }
  if (out.format() == "f") return RunTyped<f32, float>(in, out, p, accuracy);
  if (out.format() == "d") return RunTyped<f64, double>(in, out, p, accuracy);
  if (out.format() == "e") return RunTyped<f16, std::uint16_t>(in, out, p, accuracy);
  if (out.format() == "H") return RunTyped<bf16, std::uint16_t>(in, out, p, accuracy);
  throw nanobind::type_error("the arrays have no number type of elu's");
}

}  // namespace elu::python

#endif  // ELU_PYTHON_FUNCTIONS_H_
