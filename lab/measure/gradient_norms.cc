#include "lab/measure/gradient_norms.h"

#include <algorithm>

namespace elu_lab {

std::vector<NamedNorm> GradientNorms(ConvNet& network, const Images& images) {
  constexpr int64_t kBatch = 128;
  network->eval();
  std::vector<NamedNorm> norms;
  std::vector<torch::Tensor> weights, sums;
  for (const auto& parameter : network->named_parameters()) {
    if (parameter.value().dim() < 2) continue;
    norms.push_back({parameter.key(), 0});
    weights.push_back(parameter.value());
    sums.push_back(torch::zeros_like(parameter.value()));
  }
  const int64_t count = std::min(kGradientImages, images.labels.size(0));
  for (int64_t begin = 0; begin < count; begin += kBatch) {
    const int64_t end = std::min(count, begin + kBatch);
    const double share = static_cast<double>(end - begin) / static_cast<double>(count);
    const torch::Tensor logits = network->forward(Normalise(images.pixels.slice(0, begin, end)));
    const torch::Tensor loss = torch::cross_entropy_loss(logits, images.labels.slice(0, begin, end));
    const auto gradients = torch::autograd::grad({loss}, weights);
    for (size_t i = 0; i < sums.size(); ++i) sums[i].add_(gradients[i], share);
  }
  for (size_t i = 0; i < sums.size(); ++i) norms[i].norm = sums[i].norm(2, torch::kFloat64).item<double>();
  return norms;
}

}  // namespace elu_lab
