// The operators under torch.func.vmap: all samples in one call.
#include <ATen/functorch/DynamicLayer.h>
#include <ATen/functorch/PlumbingHelper.h>

#include <vector>

#include "torch/operators.h"

namespace elu::torch {

using at::Tensor;

// The dimension of the samples moves to the front; a tensor that has none is the same for all samples.
Tensor Batched(const Operation& operation, at::TensorList tensors) {
  const c10::impl::ExcludeDispatchKeyGuard guard(c10::DispatchKey::FuncTorchBatched);
  const auto layer = at::functorch::maybeCurrentDynamicLayer();
  TORCH_CHECK(layer.has_value(), "elu: a tensor escaped from the vmap that made it; return it from vmap instead");
  const int64_t level = layer->layerId();
  std::vector<Tensor> values;
  std::optional<c10::SymInt> samples;
  for (const Tensor& t : tensors) {
    const auto [value, dimension] = at::functorch::unwrapTensorAtLevel(t, level);
    values.push_back(dimension ? value.movedim(*dimension, 0) : value);
    if (dimension) samples = values.back().sym_size(0);
  }
  if (!samples) return Dispatch(operation, values);
  for (size_t i = 0; i < values.size(); ++i) {
    if (at::functorch::isBatchedAtLevel(tensors[i], level)) continue;
    c10::SymDimVector sizes = {*samples};
    sizes.append(values[i].sym_sizes().begin(), values[i].sym_sizes().end());
    values[i] = values[i].expand_symint(sizes);
  }
  return at::functorch::makeBatched(Dispatch(operation, values), 0, level);
}

}  // namespace elu::torch
