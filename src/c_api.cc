// The C ABI: checks arguments, then calls the kernels.
#include <cstdint>

#include "cpu/coefficients.h"
#include "cpu/kernels.h"
#include "cpu/targets.h"
#include "elu/elu.h"

namespace {

using elu::cpu::Coefficients;

constexpr elu_params kElu = {1.0, 1.0, 1.0};

// Neither the same array nor apart.
bool OverlapInPart(const float* a, const float* b, size_t n) {
  const auto first = reinterpret_cast<std::uintptr_t>(a), second = reinterpret_cast<std::uintptr_t>(b);
  const std::uintptr_t distance = first < second ? second - first : first - second;
  return distance != 0 && distance / sizeof(float) < n;
}

template <class... In>
elu_status CheckArrays(size_t n, const float* out, const In*... in) {
  if (n == 0) return ELU_OK;
  if (out == nullptr || (... || (in == nullptr))) return ELU_ERROR_NULL;
  return (... || OverlapInPart(out, in, n)) ? ELU_ERROR_OVERLAP : ELU_OK;
}

// Checks everything, then runs kernel(in..., out, n, coefficients).
template <class Kernel, class... In>
elu_status Run(Kernel kernel, const elu_params* p, size_t n, float* out, const In*... in) {
  const elu_params& params = p != nullptr ? *p : kElu;
  if (!elu::cpu::Admitted(params)) return ELU_ERROR_PARAMETERS;
  if (const elu_status status = CheckArrays(n, out, in...); status != ELU_OK) return status;
  if (n != 0) kernel(in..., out, n, elu::cpu::MakeCoefficients(params));
  return ELU_OK;
}

template <class Kernel, class... In>
elu_status RunWith(elu_accuracy accuracy, Kernel kernel, const elu_params* p, size_t n, float* out, const In*... in) {
  if (accuracy != ELU_ACCURATE && accuracy != ELU_FAST) return ELU_ERROR_ACCURACY;
  return Run(kernel, p, n, out, in...);
}

template <class Kernel, class... In>
elu_status RunFromOutput(Kernel kernel, const elu_params* p, size_t n, float* out, const In*... in) {
  if (p != nullptr && !elu::cpu::OutputTellsBranch(*p)) {
    return elu::cpu::Admitted(*p) ? ELU_ERROR_OUTPUT_AMBIGUOUS : ELU_ERROR_PARAMETERS;
  }
  return Run(kernel, p, n, out, in...);
}

}  // namespace

extern "C" {

const char* elu_status_text(elu_status status) {
  switch (status) {
    case ELU_OK: return "ok";
    case ELU_ERROR_PARAMETERS:
      return "parameters not admitted: input_scale must be positive, and scale, scale * alpha, input_scale, "
             "scale * alpha * input_scale, scale * alpha * input_scale^2 each 0 or of magnitude 2^-100 to 2^100";
    case ELU_ERROR_OUTPUT_AMBIGUOUS: return "gradients from the output need scale > 0 and alpha >= 0";
    case ELU_ERROR_OVERLAP: return "an output overlaps an input without being the same array";
    case ELU_ERROR_NULL: return "an array is NULL";
    case ELU_ERROR_ACCURACY: return "no such accuracy";
    case ELU_ERROR_TARGET: return "no such instruction set on this machine";
  }
  return "unknown status";
}

const char* elu_version(void) { return ELU_VERSION; }

elu_status elu_forward_f32(const float* x, float* y, size_t n, const elu_params* p, elu_accuracy accuracy) {
  return RunWith(accuracy, elu::cpu::Forward, p, n, y, x);
}

elu_status elu_derivative_f32(const float* x, float* dydx, size_t n, const elu_params* p, elu_accuracy accuracy) {
  return RunWith(accuracy, elu::cpu::Derivative, p, n, dydx, x);
}

elu_status elu_derivative_from_output_f32(const float* y, float* dydx, size_t n, const elu_params* p) {
  return RunFromOutput(elu::cpu::DerivativeFromOutput, p, n, dydx, y);
}

elu_status elu_backward_f32(const float* dy, const float* x, float* dx, size_t n, const elu_params* p,
                            elu_accuracy accuracy) {
  return RunWith(accuracy, elu::cpu::Backward, p, n, dx, dy, x);
}

elu_status elu_backward_from_output_f32(const float* dy, const float* y, float* dx, size_t n, const elu_params* p) {
  return RunFromOutput(elu::cpu::BackwardFromOutput, p, n, dx, dy, y);
}

const char* elu_target(void) { return elu::cpu::ActiveTargetName(); }

size_t elu_targets(const char** names, size_t capacity) {
  long long targets[elu::cpu::kMaxTargets];
  const size_t count = elu::cpu::AvailableTargets(targets);
  for (size_t i = 0; i < count && i < capacity; ++i) names[i] = hwy::TargetName(targets[i]);
  return count;
}

elu_status elu_set_target(const char* name) { return elu::cpu::ForceTarget(name) ? ELU_OK : ELU_ERROR_TARGET; }

}  // extern "C"
