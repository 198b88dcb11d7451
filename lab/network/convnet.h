// ConvNetELU: the small convolutional network that the comparisons train, with any activation in ELU's place.
#ifndef ELU_LAB_NETWORK_CONVNET_H_
#define ELU_LAB_NETWORK_CONVNET_H_

#include <torch/torch.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "lab/network/activation.h"

namespace elu_lab {

// The activation layers of the network, in order.
inline constexpr std::array<const char*, 3> kActivationLayers = {"convolution 1", "convolution 2", "linear 1"};

// Sees what goes into each activation layer, which may then change it in place, and what comes out of it. `layer`
// counts through kActivationLayers; either function may be empty.
struct Observer {
  std::function<void(size_t layer, const torch::Tensor& x)> before;
  std::function<void(size_t layer, const torch::Tensor& x)> after;
};

// (N, 3, 32, 32) -> (N, num_classes) logits. Parameters are named as by Python's nn.Sequential, features.0.weight to
// classifier.3.bias:
//   features    Conv2d(3, 64, 3, padding 1), activation, BatchNorm2d(64), MaxPool2d(2),
//               Conv2d(64, 128, 3, padding 1), activation, BatchNorm2d(128), MaxPool2d(2)
//   classifier  Linear(128*8*8, 256), activation, Dropout(0.5), Linear(256, num_classes)
// Without BatchNorm, Identity() stands in its places.
// Weights: Kaiming (He) normal, fan-in, gain sqrt(2); biases 0.
class ConvNetImpl : public torch::nn::Module {
 public:
  ConvNetImpl(const Activation& activation, int64_t num_classes, bool batch_norm = true);

  torch::Tensor forward(torch::Tensor x);

  torch::Tensor ForwardObserved(torch::Tensor x, const Observer& observer);

  const Activation& activation() const { return activation_; }

 private:
  Activation activation_;
  torch::nn::Sequential features_, classifier_;
};
TORCH_MODULE(ConvNet);

// Seeds PyTorch's generator and makes the network: equal seeds give equal first weights for every activation.
ConvNet MakeNetwork(const Activation& activation, uint64_t seed, int64_t num_classes = 10, bool batch_norm = true);

}  // namespace elu_lab

#endif  // ELU_LAB_NETWORK_CONVNET_H_
