#include "lab/measure/test.h"

namespace elu_lab {
namespace {

void Count(const torch::Tensor& labels, const torch::Tensor& answers, std::vector<std::vector<int64_t>>& confusion) {
  const auto label = labels.accessor<int64_t, 1>(), answer = answers.accessor<int64_t, 1>();
  for (int64_t i = 0; i < label.size(0); ++i) {
    ++confusion[static_cast<size_t>(label[i])][static_cast<size_t>(answer[i])];
  }
}

}  // namespace

Evaluation Evaluate(ConvNet& network, const Images& images, const std::function<bool()>& stop, Layers layers) {
  constexpr int64_t kBatch = 250;
  const torch::NoGradGuard no_grad;
  network->eval();
  std::vector<LayerProbe> probes;
  Observer observer;
  if (layers == Layers::kMeasure) {
    for (const char* name : kActivationLayers) probes.emplace_back(name, network->activation());
    observer = {[&probes](size_t layer, const torch::Tensor& x) { probes[layer].Before(x); },
                [&probes](size_t layer, const torch::Tensor& y) { probes[layer].After(y); }};
  }
  const int64_t count = images.labels.size(0);
  Evaluation result;
  for (int64_t begin = 0; begin < count && !(stop && stop()); begin += kBatch) {
    const int64_t end = std::min(count, begin + kBatch);
    const double share = static_cast<double>(end - begin) / static_cast<double>(count);
    const torch::Tensor logits = network->ForwardObserved(Normalise(images.pixels.slice(0, begin, end)), observer);
    const torch::Tensor labels = images.labels.slice(0, begin, end), answers = logits.argmax(1);
    result.loss += share * torch::cross_entropy_loss(logits, labels).item<double>();
    result.accuracy += share * (answers == labels).to(torch::kFloat64).mean().item<double>();
    const auto classes = static_cast<size_t>(logits.size(1));
    result.confusion.resize(classes, std::vector<int64_t>(classes));
    Count(labels, answers, result.confusion);
  }
  for (const LayerProbe& probe : probes) result.layers.push_back(probe.Result());
  return result;
}

}  // namespace elu_lab
