#include "testing.h"

namespace elu_lab {

Evaluation Evaluate(ConvNet& network, const Images& images, const std::function<bool()>& stop) {
  constexpr int64_t kBatch = 250;
  const torch::NoGradGuard no_grad;
  network->eval();
  const int64_t count = images.labels.size(0);
  Evaluation result;
  for (int64_t begin = 0; begin < count && !(stop && stop()); begin += kBatch) {
    const int64_t end = std::min(count, begin + kBatch);
    const double share = static_cast<double>(end - begin) / static_cast<double>(count);
    std::vector<double> means;
    const torch::Tensor logits = network->ForwardWithMeans(Normalise(images.pixels.slice(0, begin, end)), means);
    const torch::Tensor labels = images.labels.slice(0, begin, end), answers = logits.argmax(1);
    result.loss += share * torch::cross_entropy_loss(logits, labels).item<double>();
    result.accuracy += share * (answers == labels).to(torch::kFloat64).mean().item<double>();
    result.activation_means.resize(means.size());
    for (size_t i = 0; i < means.size(); ++i) result.activation_means[i] += share * means[i];
    const auto classes = static_cast<size_t>(logits.size(1));
    result.confusion.resize(classes, std::vector<int64_t>(classes));
    for (int64_t i = 0; i < end - begin; ++i) {
      auto& row = result.confusion[static_cast<size_t>(labels[i].item<int64_t>())];
      ++row[static_cast<size_t>(answers[i].item<int64_t>())];
    }
  }
  return result;
}

}  // namespace elu_lab
