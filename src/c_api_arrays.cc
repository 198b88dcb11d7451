// The C ABI: the functions of arrays. Each checks its arguments, then calls a kernel.
#include <cstdint>

#include "elu/elu.h"
#include "src/cpu/coefficients.h"
#include "src/cpu/format.h"
#include "src/cpu/kernels.h"
#include "src/environment.h"

namespace {

using namespace elu::cpu;

// The kernels of a number type for an accuracy, the format of their results, and the accuracy, which Run checks.
template <class T>
struct Choice {
  const Kernels<T>& kernels;
  const Format& format;
  elu_accuracy accuracy;
};

Choice<float> F32(elu_accuracy a) { return {a == ELU_FAST ? FastFloat32() : Float32(), kFloat32, a}; }
Choice<double> F64(elu_accuracy a) { return {Float64(), kFloat64, a}; }
Choice<uint16_t> F16(elu_accuracy a) { return {Float16(), kFloat16, a}; }
Choice<uint16_t> BF16(elu_accuracy a) { return {BFloat16(), kBFloat16, a}; }

// Neither the same array nor apart.
template <class T>
bool OverlapInPart(const T* a, const T* b, size_t n) {
  const auto first = reinterpret_cast<std::uintptr_t>(a), second = reinterpret_cast<std::uintptr_t>(b);
  const std::uintptr_t distance = first < second ? second - first : first - second;
  return distance != 0 && distance / sizeof(T) < n;
}

template <class T, class... In>
elu_status CheckArrays(size_t n, const T* out, const In*... in) {
  if (n == 0) return ELU_OK;
  if (out == nullptr || (... || (in == nullptr))) return ELU_ERROR_NULL;
  return (... || OverlapInPart(out, in, n)) ? ELU_ERROR_OVERLAP : ELU_OK;
}

// Checks everything, then runs the kernel on (in..., out, n).
template <bool from_output = false, class T, class Kernel, class... In>
elu_status Run(const Choice<T>& choice, Kernel Kernels<T>::*kernel, const elu_params* p, size_t n, T* out,
               const In*... in) {
  const elu::Environment environment;
  if (choice.accuracy != ELU_ACCURATE && choice.accuracy != ELU_FAST) return ELU_ERROR_ACCURACY;
  const elu_params& params = OrElu(p);
  if (!Admitted(params)) return ELU_ERROR_PARAMETERS;
  if (from_output && !OutputTellsBranch(params)) return ELU_ERROR_OUTPUT_AMBIGUOUS;
  if (const elu_status status = CheckArrays(n, out, in...); status != ELU_OK) return status;
  if (n != 0) (choice.kernels.*kernel)(in..., out, n, MakeCoefficients(params, choice.format));
  return ELU_OK;
}

}  // namespace

extern "C" {

elu_status elu_forward_f32(const float* x, float* y, size_t n, const elu_params* p, elu_accuracy accuracy) {
  return Run(F32(accuracy), &Kernels<float>::forward, p, n, y, x);
}
elu_status elu_forward_f64(const double* x, double* y, size_t n, const elu_params* p, elu_accuracy accuracy) {
  return Run(F64(accuracy), &Kernels<double>::forward, p, n, y, x);
}
elu_status elu_forward_f16(const uint16_t* x, uint16_t* y, size_t n, const elu_params* p, elu_accuracy accuracy) {
  return Run(F16(accuracy), &Kernels<uint16_t>::forward, p, n, y, x);
}
elu_status elu_forward_bf16(const uint16_t* x, uint16_t* y, size_t n, const elu_params* p, elu_accuracy accuracy) {
  return Run(BF16(accuracy), &Kernels<uint16_t>::forward, p, n, y, x);
}

elu_status elu_derivative_f32(const float* x, float* dydx, size_t n, const elu_params* p, elu_accuracy accuracy) {
  return Run(F32(accuracy), &Kernels<float>::derivative, p, n, dydx, x);
}
elu_status elu_derivative_f64(const double* x, double* dydx, size_t n, const elu_params* p, elu_accuracy accuracy) {
  return Run(F64(accuracy), &Kernels<double>::derivative, p, n, dydx, x);
}
elu_status elu_derivative_f16(const uint16_t* x, uint16_t* dydx, size_t n, const elu_params* p, elu_accuracy accuracy) {
  return Run(F16(accuracy), &Kernels<uint16_t>::derivative, p, n, dydx, x);
}
elu_status elu_derivative_bf16(const uint16_t* x, uint16_t* dydx, size_t n, const elu_params* p,
                               elu_accuracy accuracy) {
  return Run(BF16(accuracy), &Kernels<uint16_t>::derivative, p, n, dydx, x);
}

elu_status elu_derivative_from_output_f32(const float* y, float* dydx, size_t n, const elu_params* p) {
  return Run<true>(F32(ELU_ACCURATE), &Kernels<float>::derivative_from_output, p, n, dydx, y);
}
elu_status elu_derivative_from_output_f64(const double* y, double* dydx, size_t n, const elu_params* p) {
  return Run<true>(F64(ELU_ACCURATE), &Kernels<double>::derivative_from_output, p, n, dydx, y);
}
elu_status elu_derivative_from_output_f16(const uint16_t* y, uint16_t* dydx, size_t n, const elu_params* p) {
  return Run<true>(F16(ELU_ACCURATE), &Kernels<uint16_t>::derivative_from_output, p, n, dydx, y);
}
elu_status elu_derivative_from_output_bf16(const uint16_t* y, uint16_t* dydx, size_t n, const elu_params* p) {
  return Run<true>(BF16(ELU_ACCURATE), &Kernels<uint16_t>::derivative_from_output, p, n, dydx, y);
}

elu_status elu_second_derivative_f32(const float* x, float* d2, size_t n, const elu_params* p, elu_accuracy accuracy) {
  return Run(F32(accuracy), &Kernels<float>::second_derivative, p, n, d2, x);
}
elu_status elu_second_derivative_f64(const double* x, double* d2, size_t n, const elu_params* p,
                                     elu_accuracy accuracy) {
  return Run(F64(accuracy), &Kernels<double>::second_derivative, p, n, d2, x);
}
elu_status elu_second_derivative_f16(const uint16_t* x, uint16_t* d2, size_t n, const elu_params* p,
                                     elu_accuracy accuracy) {
  return Run(F16(accuracy), &Kernels<uint16_t>::second_derivative, p, n, d2, x);
}
elu_status elu_second_derivative_bf16(const uint16_t* x, uint16_t* d2, size_t n, const elu_params* p,
                                      elu_accuracy accuracy) {
  return Run(BF16(accuracy), &Kernels<uint16_t>::second_derivative, p, n, d2, x);
}

elu_status elu_backward_f32(const float* dy, const float* x, float* dx, size_t n, const elu_params* p,
                            elu_accuracy accuracy) {
  return Run(F32(accuracy), &Kernels<float>::backward, p, n, dx, dy, x);
}
elu_status elu_backward_f64(const double* dy, const double* x, double* dx, size_t n, const elu_params* p,
                            elu_accuracy accuracy) {
  return Run(F64(accuracy), &Kernels<double>::backward, p, n, dx, dy, x);
}
elu_status elu_backward_f16(const uint16_t* dy, const uint16_t* x, uint16_t* dx, size_t n, const elu_params* p,
                            elu_accuracy accuracy) {
  return Run(F16(accuracy), &Kernels<uint16_t>::backward, p, n, dx, dy, x);
}
elu_status elu_backward_bf16(const uint16_t* dy, const uint16_t* x, uint16_t* dx, size_t n, const elu_params* p,
                             elu_accuracy accuracy) {
  return Run(BF16(accuracy), &Kernels<uint16_t>::backward, p, n, dx, dy, x);
}

elu_status elu_backward_from_output_f32(const float* dy, const float* y, float* dx, size_t n, const elu_params* p) {
  return Run<true>(F32(ELU_ACCURATE), &Kernels<float>::backward_from_output, p, n, dx, dy, y);
}
elu_status elu_backward_from_output_f64(const double* dy, const double* y, double* dx, size_t n, const elu_params* p) {
  return Run<true>(F64(ELU_ACCURATE), &Kernels<double>::backward_from_output, p, n, dx, dy, y);
}
elu_status elu_backward_from_output_f16(const uint16_t* dy, const uint16_t* y, uint16_t* dx, size_t n,
                                        const elu_params* p) {
  return Run<true>(F16(ELU_ACCURATE), &Kernels<uint16_t>::backward_from_output, p, n, dx, dy, y);
}
elu_status elu_backward_from_output_bf16(const uint16_t* dy, const uint16_t* y, uint16_t* dx, size_t n,
                                         const elu_params* p) {
  return Run<true>(BF16(ELU_ACCURATE), &Kernels<uint16_t>::backward_from_output, p, n, dx, dy, y);
}

elu_status elu_double_backward_f32(const float* ddx, const float* dy, const float* x, float* dx, size_t n,
                                   const elu_params* p, elu_accuracy accuracy) {
  return Run(F32(accuracy), &Kernels<float>::double_backward, p, n, dx, ddx, dy, x);
}
elu_status elu_double_backward_f64(const double* ddx, const double* dy, const double* x, double* dx, size_t n,
                                   const elu_params* p, elu_accuracy accuracy) {
  return Run(F64(accuracy), &Kernels<double>::double_backward, p, n, dx, ddx, dy, x);
}
elu_status elu_double_backward_f16(const uint16_t* ddx, const uint16_t* dy, const uint16_t* x, uint16_t* dx, size_t n,
                                   const elu_params* p, elu_accuracy accuracy) {
  return Run(F16(accuracy), &Kernels<uint16_t>::double_backward, p, n, dx, ddx, dy, x);
}
elu_status elu_double_backward_bf16(const uint16_t* ddx, const uint16_t* dy, const uint16_t* x, uint16_t* dx, size_t n,
                                    const elu_params* p, elu_accuracy accuracy) {
  return Run(BF16(accuracy), &Kernels<uint16_t>::double_backward, p, n, dx, ddx, dy, x);
}

elu_status elu_plus_one_f32(const float* x, float* y, size_t n, elu_accuracy accuracy) {
  return Run(F32(accuracy), &Kernels<float>::plus_one, nullptr, n, y, x);
}
elu_status elu_plus_one_f64(const double* x, double* y, size_t n, elu_accuracy accuracy) {
  return Run(F64(accuracy), &Kernels<double>::plus_one, nullptr, n, y, x);
}
elu_status elu_plus_one_f16(const uint16_t* x, uint16_t* y, size_t n, elu_accuracy accuracy) {
  return Run(F16(accuracy), &Kernels<uint16_t>::plus_one, nullptr, n, y, x);
}
elu_status elu_plus_one_bf16(const uint16_t* x, uint16_t* y, size_t n, elu_accuracy accuracy) {
  return Run(BF16(accuracy), &Kernels<uint16_t>::plus_one, nullptr, n, y, x);
}

elu_status elu_plus_one_backward_f32(const float* dy, const float* x, float* dx, size_t n, elu_accuracy accuracy) {
  return Run(F32(accuracy), &Kernels<float>::backward, nullptr, n, dx, dy, x);
}
elu_status elu_plus_one_backward_f64(const double* dy, const double* x, double* dx, size_t n, elu_accuracy accuracy) {
  return Run(F64(accuracy), &Kernels<double>::backward, nullptr, n, dx, dy, x);
}
elu_status elu_plus_one_backward_f16(const uint16_t* dy, const uint16_t* x, uint16_t* dx, size_t n,
                                     elu_accuracy accuracy) {
  return Run(F16(accuracy), &Kernels<uint16_t>::backward, nullptr, n, dx, dy, x);
}
elu_status elu_plus_one_backward_bf16(const uint16_t* dy, const uint16_t* x, uint16_t* dx, size_t n,
                                      elu_accuracy accuracy) {
  return Run(BF16(accuracy), &Kernels<uint16_t>::backward, nullptr, n, dx, dy, x);
}

}  // extern "C"
