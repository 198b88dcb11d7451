#include "lab/network/activation.h"

#include <stdexcept>
#include <string_view>
#include <vector>

#include "elu/elu.hpp"
#include "lab/settings.h"
#include "program/leaky_relu.h"
#include "program/text.h"

namespace elu_lab {
namespace {

namespace nn = torch::nn;

using Maker = nn::AnyModule (*)(double alpha);

struct Row {
  const char *name, *label;
  bool takes_alpha;
  Maker make;
};

template <class Layer, class Options>
nn::AnyModule Make(const Options& options) {
  return nn::AnyModule(Layer(options));
}

constexpr Row kTable[] = {
    {"relu", "ReLU", false, [](double) { return Make<nn::ReLU>(nn::ReLUOptions(true)); }},
    {"leaky_relu", "Leaky ReLU (0.01)", false,
     [](double) {
       return Make<nn::LeakyReLU>(nn::LeakyReLUOptions().negative_slope(program::kLeakySlope).inplace(true));
     }},
    {"elu", "ELU", true, [](double alpha) { return Make<nn::ELU>(nn::ELUOptions().alpha(alpha).inplace(true)); }},
    {"selu", "SELU", false, [](double) { return Make<nn::SELU>(nn::SELUOptions(true)); }},
    {"celu", "CELU", true, [](double alpha) { return Make<nn::CELU>(nn::CELUOptions().alpha(alpha).inplace(true)); }},
    {"gelu", "GELU", false, [](double) { return nn::AnyModule(nn::GELU()); }},
    {"silu", "SiLU", false, [](double) { return nn::AnyModule(nn::SiLU()); }},
};

const Row* Find(const std::string& name) {
  for (const Row& row : kTable) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

std::optional<double> FloorOf(const Row& row, double alpha) {
  if (row.takes_alpha) return -alpha;
  if (row.name == std::string_view("selu")) return -elu::selu().alpha * elu::selu().scale;
  return {};
}

}  // namespace

std::vector<std::string> ActivationNames() {
  std::vector<std::string> names;
  for (const Row& row : kTable) names.emplace_back(row.name);
  return names;
}

bool TakesAlpha(const std::string& activation) {
  const Row* row = Find(activation);
  return row != nullptr && row->takes_alpha;
}

Activation FindActivation(const std::string& name, double alpha) {
  if (const Row* row = Find(name); row != nullptr) {
    return {name, row->takes_alpha ? row->label + (" (alpha " + program::ShortestDecimal(alpha) + ")") : row->label,
            FloorOf(*row, alpha), [row, alpha] { return row->make(alpha); }};
  }
  std::string known;
  for (const std::string& other : ActivationNames()) known += (known.empty() ? "" : ", ") + other;
  throw std::invalid_argument("there is no activation '" + name + "'; there are: " + known);
}

}  // namespace elu_lab
