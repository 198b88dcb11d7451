// What a trainer hands out and takes back, so that training may stop after any step.
#include <stdexcept>

#include "lab/training/trainer.h"

namespace elu_lab {
namespace {

void AddAll(const std::string& prefix, const Tensors& tensors, Tensors& state) {
  for (const auto& [name, tensor] : tensors) state[prefix + name] = tensor.detach().clone();
}

// Those whose names begin with the prefix, under what follows it.
Tensors Under(const std::string& prefix, const Tensors& state) {
  Tensors found;
  for (const auto& [name, tensor] : state) {
    if (name.starts_with(prefix)) found[name.substr(prefix.size())] = tensor;
  }
  return found;
}

}  // namespace

// A momentum of zeros is what PyTorch's optimiser starts from without one.
torch::Tensor Trainer::MomentumOf(const torch::Tensor& parameter) const {
  const auto found = optimizer_.state().find(parameter.unsafeGetTensorImpl());
  if (found == optimizer_.state().end()) return torch::zeros_like(parameter);
  return static_cast<const torch::optim::SGDParamState&>(*found->second).momentum_buffer();
}

Tensors Trainer::State() const {
  Tensors state, momentum;
  for (const auto& parameter : network_->named_parameters()) momentum[parameter.key()] = MomentumOf(parameter.value());
  AddAll("network.", StateOf(*network_), state);
  AddAll("momentum.", momentum, state);
  state["random.order"] = generator_.get_state();
  state["random.torch"] = at::detail::getDefaultCPUGenerator().get_state();
  state["order"] = order_.clone();
  state["step"] = torch::tensor(step_, torch::kInt64);
  state["losses"] = losses_.clone();
  state["loss_sum"] = torch::tensor(loss_sum_, torch::kFloat64);
  return state;
}

void Trainer::Restore(const Tensors& state) {
  Tensors checked = State();
  CopyTensors(state, checked);
  const auto step = checked.at("step").item<int64_t>();
  if (step < 0 || step > steps()) throw std::runtime_error("step " + std::to_string(step) + " is not of this run");
  const torch::Tensor& order = checked.at("order");
  if (((order < 0) | (order >= count_)).any().item<bool>()) throw std::runtime_error("its order names no image");

  generator_.set_state(checked.at("random.order"));
  at::Generator dropout = at::detail::getDefaultCPUGenerator();
  dropout.set_state(checked.at("random.torch"));
  CopyTensors(Under("network.", checked), StateOf(*network_));
  for (const auto& parameter : network_->named_parameters()) {
    auto kept = std::make_unique<torch::optim::SGDParamState>();
    kept->momentum_buffer(checked.at("momentum." + parameter.key()));
    optimizer_.state()[parameter.value().unsafeGetTensorImpl()] = std::move(kept);
  }
  order_ = order;
  losses_ = checked.at("losses");
  step_ = step;
  loss_sum_ = checked.at("loss_sum").item<double>();
}

}  // namespace elu_lab
