// The functions of arrays of elu.h on Python buffers.
#ifndef ELU_PYTHON_FUNCTIONS_H_
#define ELU_PYTHON_FUNCTIONS_H_

#include <nanobind/nanobind.h>

#include <array>
#include <atomic>
#include <cstddef>

#include "elu/detail/family.hpp"
#include "elu/elu.h"
#include "python/buffer.h"
#include "python/parallel.h"

namespace elu::python {

// Raises ValueError with what a status other than ELU_OK means.
void Check(elu_status status, const elu_params& params);

template <std::size_t inputs>
using Buffers = std::array<Buffer, inputs>;

template <class T, std::size_t inputs>
bool RunTyped(detail::Call<T> function, const Buffers<inputs>& in, const Buffer& out, const elu_params& p,
              elu_accuracy accuracy) {
  // On [begin, begin + n) of the arrays.
  const auto call = [&](std::size_t begin, std::size_t n) {
    std::array<const T*, 3> data{};  // ddx, dy, x
    for (std::size_t i = 0; i < inputs; ++i) data[3 - inputs + i] = in[i].template data<const T>() + begin;
    return function(data[0], data[1], data[2], out.data<T>() + begin, n, &p, accuracy);
  };
  // On no elements: what is wrong with the parameters is said before anything is written.
  Check(call(0, 0), p);
  for (const Buffer& array : in) {
    if (!array.Corresponds(out)) return false;
  }
  std::atomic<elu_status> failure = ELU_OK;
  {
    const nanobind::gil_scoped_release released;
    InParallel(out.size(), [&](std::size_t begin, std::size_t end) {
      const elu_status status = call(begin, end - begin);
      if (status != ELU_OK) failure = status;
    });
  }
  Check(failure, p);
  return true;
}

// Runs the function for the arrays' format, bfloat16 being uint16. False, and nothing written, unless all are dense
// with their elements in one order. The output may be an input; the caller has excluded that it overlaps one in part.
template <std::size_t inputs>
bool Run(const detail::Function& function, const Buffers<inputs>& in, const Buffer& out, const elu_params& p,
         elu_accuracy accuracy) {
  for (const Buffer& array : in) {
    if (array.format() != out.format()) throw nanobind::type_error("the arrays differ in type");
  }
  if (out.format() == "f") return RunTyped(function.f32, in, out, p, accuracy);
  if (out.format() == "d") return RunTyped(function.f64, in, out, p, accuracy);
  if (out.format() == "e") return RunTyped(function.f16, in, out, p, accuracy);
  if (out.format() == "H") return RunTyped(function.bf16, in, out, p, accuracy);
  throw nanobind::type_error("the arrays have no number type of elu's");
}

}  // namespace elu::python

#endif  // ELU_PYTHON_FUNCTIONS_H_
