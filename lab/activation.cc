#include "activation.h"

#include <stdexcept>
#include <vector>

#include "settings.h"

namespace elu_lab {
namespace {

namespace nn = torch::nn;

const std::vector<Activation>& Table() {
  static const std::vector<Activation> table = {
      {"relu", "ReLU", [] { return nn::AnyModule(nn::ReLU(nn::ReLUOptions(true))); }},
      {"leaky_relu", "Leaky ReLU (0.01)",
       [] { return nn::AnyModule(nn::LeakyReLU(nn::LeakyReLUOptions().negative_slope(0.01).inplace(true))); }},
      {"elu", "ELU (alpha 1)", [] { return nn::AnyModule(nn::ELU(nn::ELUOptions().alpha(1.0).inplace(true))); }},
  };
  return table;
}

}  // namespace

std::vector<std::string> ActivationNames() {
  std::vector<std::string> names;
  for (const Activation& activation : Table()) names.push_back(activation.name);
  return names;
}

const Activation& FindActivation(const std::string& name) {
  for (const Activation& activation : Table()) {
    if (activation.name == name) return activation;
  }
  std::string known;
  for (const std::string& other : ActivationNames()) known += (known.empty() ? "" : ", ") + other;
  throw std::invalid_argument("there is no activation '" + name + "'; there are: " + known);
}

}  // namespace elu_lab
