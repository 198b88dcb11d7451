// The kernels, silent and total: arguments were checked by c_api_arrays.cc.
#ifndef ELU_SRC_CPU_KERNELS_H_
#define ELU_SRC_CPU_KERNELS_H_

#include <cstddef>
#include <cstdint>

#include "src/cpu/coefficients.h"

namespace elu::cpu {

// The kernels of one number type and accuracy. The coefficients are those of the type's format.
template <class T>
struct Kernels {
  using Unary = void (*)(const T* x, T* out, std::size_t n, const Coefficients& c);
  using Binary = void (*)(const T* dy, const T* x, T* out, std::size_t n, const Coefficients& c);
  using Ternary = void (*)(const T* ddx, const T* dy, const T* x, T* out, std::size_t n, const Coefficients& c);

  Unary forward, derivative, derivative_from_output, second_derivative, plus_one;
  Binary backward, backward_from_output;
  Ternary double_backward;

  // From a class with a static function for each.
  template <class Functions>
  static constexpr Kernels Of() {
    return {Functions::Forward, Functions::Derivative, Functions::DerivativeFromOutput, Functions::SecondDerivative,
            Functions::PlusOne, Functions::Backward,   Functions::BackwardFromOutput,   Functions::DoubleBackward};
  }
};

// Those for the active target.
const Kernels<float>& Float32();
const Kernels<float>& FastFloat32();
const Kernels<double>& Float64();
const Kernels<std::uint16_t>& Float16();
const Kernels<std::uint16_t>& BFloat16();

}  // namespace elu::cpu

#endif  // ELU_SRC_CPU_KERNELS_H_
