// The activations that elu-lab trains with.
#ifndef ELU_LAB_NETWORK_ACTIVATION_H_
#define ELU_LAB_NETWORK_ACTIVATION_H_

#include <torch/torch.h>

#include <functional>
#include <optional>
#include <string>

namespace elu_lab {

struct Activation {
  std::string name;             // as on the command line
  std::string label;            // for people
  std::optional<double> floor;  // of elu, selu and celu: the value below 0 that f(x) nears as x falls
  std::function<torch::nn::AnyModule()> make;
};

// "relu", "leaky_relu" (slope 0.01), "elu", "selu", "celu": in place; "gelu" (exact), "silu". `alpha` is of elu and
// celu alone. Throws std::invalid_argument for another name.
Activation FindActivation(const std::string& name, double alpha = 1.0);

}  // namespace elu_lab

#endif  // ELU_LAB_NETWORK_ACTIVATION_H_
