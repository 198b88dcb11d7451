#include "torch/array_functions.h"

#include <array>
#include <string_view>

#include "elu/detail/family.hpp"

namespace elu::torch {
namespace {

using detail::kFamily;

// A function of the family that takes this many arrays of T.
template <auto function, class T, int inputs>
elu_status Untyped(const void* const* in, void* out, std::size_t n, const elu_params& p, elu_accuracy accuracy) {
  const auto from_last = [in](int i) {
    return in == nullptr || i >= inputs ? nullptr : static_cast<const T*>(in[inputs - 1 - i]);
  };
  return function(from_last(2), from_last(1), from_last(0), static_cast<T*>(out), n, &p, accuracy);
}

consteval std::size_t RowOf(std::string_view name) { return static_cast<std::size_t>(detail::Find(name) - kFamily); }

// By number type: f32, f64, f16, bf16.
template <std::size_t row>
constexpr std::array<ArrayFunction, 4> kRow = {Untyped<kFamily[row].f32, float, kFamily[row].inputs>,
                                               Untyped<kFamily[row].f64, double, kFamily[row].inputs>,
                                               Untyped<kFamily[row].f16, uint16_t, kFamily[row].inputs>,
                                               Untyped<kFamily[row].bf16, uint16_t, kFamily[row].inputs>};

// In the order of Function.
constexpr std::array kFunctions = {kRow<RowOf("forward")>, kRow<RowOf("backward")>, kRow<RowOf("backward-from-output")>,
                                   kRow<RowOf("double-backward")>, kRow<RowOf("plus-one")>};

}  // namespace

ArrayFunction FindArrayFunction(Function function, c10::ScalarType dtype) {
  const auto& row = kFunctions[static_cast<std::size_t>(function)];
  switch (dtype) {
    case c10::ScalarType::Float: return row[0];
    case c10::ScalarType::Double: return row[1];
    case c10::ScalarType::Half: return row[2];
    case c10::ScalarType::BFloat16: return row[3];
    default: return nullptr;
  }
}

}  // namespace elu::torch
