// The kernels, silent and total: arguments were checked by c_api.cc.
#ifndef ELU_SRC_CPU_KERNELS_H_
#define ELU_SRC_CPU_KERNELS_H_

#include <cstddef>

#include "cpu/coefficients.h"

namespace elu::cpu {

void Forward(const float* x, float* y, std::size_t n, const Coefficients& c);
void Derivative(const float* x, float* dydx, std::size_t n, const Coefficients& c);
void DerivativeFromOutput(const float* y, float* dydx, std::size_t n, const Coefficients& c);
void Backward(const float* dy, const float* x, float* dx, std::size_t n, const Coefficients& c);
void BackwardFromOutput(const float* dy, const float* y, float* dx, std::size_t n, const Coefficients& c);

}  // namespace elu::cpu

#endif  // ELU_SRC_CPU_KERNELS_H_
