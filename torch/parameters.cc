#include "torch/parameters.h"

#include "torch/switch.h"

namespace elu::torch {
namespace {

// Of CELU's 1 / alpha PyTorch's gradient brings the copy 1 / float(alpha): where it is that copy, 1 / alpha was meant.
// 1 itself is ELU's.
double GradientInputScale(const elu_params& p) {
  const double copy = 1.0 / static_cast<double>(static_cast<float>(p.alpha));
  return p.scale == 1.0 && p.input_scale != 1.0 && p.input_scale == copy ? 1.0 / p.alpha : p.input_scale;
}

}  // namespace

std::optional<Call> Admitted(Function function, c10::ScalarType dtype, const c10::Scalar& alpha,
                             const c10::Scalar& scale, const c10::Scalar& input_scale) {
  const std::optional<elu_accuracy> accuracy = Active();
  const ArrayFunction found = FindArrayFunction(function, dtype);
  if (!accuracy || found == nullptr || alpha.isComplex() || scale.isComplex() || input_scale.isComplex()) {
    return std::nullopt;
  }
  Call call = {found, {alpha.toDouble(), scale.toDouble(), input_scale.toDouble()}, *accuracy};
  if (function != Function::forward) call.params.input_scale = GradientInputScale(call.params);
  return call.Check() == ELU_OK ? std::optional(call) : std::nullopt;
}

}  // namespace elu::torch
