// The activations that elu-lab compares.
#ifndef ELU_LAB_ACTIVATION_H_
#define ELU_LAB_ACTIVATION_H_

#include <torch/torch.h>

#include <string>

namespace elu_lab {

struct Activation {
  std::string name;   // as in --activations
  std::string label;  // for people
  torch::nn::AnyModule (*make)();
};

// "relu", "leaky_relu" (slope 0.01), "elu" (alpha 1): all in place. Throws std::invalid_argument for another name.
const Activation& FindActivation(const std::string& name);

}  // namespace elu_lab

#endif  // ELU_LAB_ACTIVATION_H_
