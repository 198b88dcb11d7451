#include "lab/network/convnet.h"

#include <algorithm>

namespace elu_lab {
namespace {

namespace nn = torch::nn;

// Where the activations stand in `features` and `classifier`.
constexpr size_t kFeatureActivations[] = {1, 5}, kClassifierActivations[] = {1};

nn::Conv2d Convolution(int64_t in, int64_t out) { return nn::Conv2d(nn::Conv2dOptions(in, out, 3).padding(1)); }

void PushNorm(nn::Sequential& layers, int64_t channels, bool batch_norm) {
  if (batch_norm) {
    layers->push_back(nn::BatchNorm2d(channels));
  } else {
    layers->push_back(nn::Identity());
  }
}

void InitialiseHe(nn::Module& network) {
  const torch::NoGradGuard no_grad;
  for (auto& parameter : network.named_parameters()) {
    if (parameter.value().dim() >= 2) nn::init::kaiming_normal_(parameter.value(), 0.0, torch::kFanIn, torch::kReLU);
  }
  for (const auto& module : network.modules(/*include_self=*/false)) {
    if (auto* convolution = module->as<nn::Conv2d>()) nn::init::zeros_(convolution->bias);
    if (auto* linear = module->as<nn::Linear>()) nn::init::zeros_(linear->bias);
  }
}

// `layer`: how many activation layers are behind.
template <size_t N>
torch::Tensor Through(nn::Sequential& layers, const size_t (&activations)[N], torch::Tensor x, const Observer& observer,
                      size_t& layer) {
  size_t i = 0;
  for (nn::AnyModule& module : *layers) {
    const bool observed = std::ranges::find(activations, i++) != std::end(activations);
    if (observed && observer.before) observer.before(layer, x);
    x = module.forward(x);
    if (observed && observer.after) observer.after(layer, x);
    if (observed) ++layer;
  }
  return x;
}

}  // namespace

ConvNetImpl::ConvNetImpl(const Activation& activation, int64_t num_classes, bool batch_norm) : activation_(activation) {
  features_ = register_module("features", nn::Sequential());
  features_->push_back(Convolution(3, 64));
  features_->push_back(activation.make());
  PushNorm(features_, 64, batch_norm);
  features_->push_back(nn::MaxPool2d(2));
  features_->push_back(Convolution(64, 128));
  features_->push_back(activation.make());
  PushNorm(features_, 128, batch_norm);
  features_->push_back(nn::MaxPool2d(2));
  classifier_ = register_module("classifier", nn::Sequential());
  classifier_->push_back(nn::Linear(128 * 8 * 8, 256));
  classifier_->push_back(activation.make());
  classifier_->push_back(nn::Dropout(0.5));
  classifier_->push_back(nn::Linear(256, num_classes));
  InitialiseHe(*this);
}

// Channels last is what convolution, pooling and normalisation are fastest in; they pass the layout on.
torch::Tensor ConvNetImpl::forward(torch::Tensor x) {
  x = x.contiguous(torch::MemoryFormat::ChannelsLast);
  return classifier_->forward(features_->forward(x).flatten(1));
}

torch::Tensor ConvNetImpl::ForwardObserved(torch::Tensor x, const Observer& observer) {
  size_t layer = 0;
  x = x.contiguous(torch::MemoryFormat::ChannelsLast);
  x = Through(features_, kFeatureActivations, x, observer, layer).flatten(1);
  return Through(classifier_, kClassifierActivations, x, observer, layer);
}

ConvNet MakeNetwork(const Activation& activation, uint64_t seed, int64_t num_classes, bool batch_norm) {
  torch::manual_seed(seed);
  return ConvNet(activation, num_classes, batch_norm);
}

}  // namespace elu_lab
