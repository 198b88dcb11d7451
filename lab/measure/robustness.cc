#include "lab/measure/robustness.h"

#include <algorithm>

namespace elu_lab {
namespace {

constexpr double kSigmas[] = {0, 0.1, 0.2, 0.4, 0.8}, kShares[] = {0.01, 0.03, 0.1, 0.3};

int64_t RightAnswers(ConvNet& network, const torch::Tensor& inputs, const torch::Tensor& labels) {
  return (network->forward(inputs).argmax(1) == labels).sum().item<int64_t>();
}

}  // namespace

Disturbance::Disturbance(uint64_t seed, int64_t count) {
  const std::vector<int64_t> shape = {count, 3, 32, 32};
  at::Generator generator = at::detail::createCPUGenerator(seed);
  normal_ = torch::randn(shape, generator);
  uniform_ = torch::rand(shape, generator);
  extreme_ = torch::randint(2, shape, generator, torch::kUInt8).mul_(255);
}

torch::Tensor Disturbance::WithNoise(const torch::Tensor& normalised, int64_t begin, int64_t end, double sigma) const {
  return normalised.add(normal_.slice(0, begin, end), sigma);
}

torch::Tensor Disturbance::WithOutliers(const torch::Tensor& pixels, int64_t begin, int64_t end, double share) const {
  return torch::where(uniform_.slice(0, begin, end) < share, extreme_.slice(0, begin, end), pixels);
}

Robustness MeasureRobustness(ConvNet& network, const Images& images, uint64_t seed, const std::function<bool()>& stop) {
  constexpr int64_t kBatch = 250;
  const torch::NoGradGuard no_grad;
  network->eval();
  Robustness result;
  result.images = std::min(kRobustnessImages, images.labels.size(0));
  for (const double sigma : kSigmas) result.noise.push_back({sigma, 0});
  for (const double share : kShares) result.outliers.push_back({share, 0});
  const Disturbance disturbance(seed, result.images);
  const auto count = static_cast<double>(result.images);
  for (int64_t begin = 0; begin < result.images && !(stop && stop()); begin += kBatch) {
    const int64_t end = std::min(result.images, begin + kBatch);
    const torch::Tensor pixels = images.pixels.slice(0, begin, end), labels = images.labels.slice(0, begin, end);
    const torch::Tensor inputs = Normalise(pixels);
    const auto share_right = [&](const torch::Tensor& disturbed) {
      return static_cast<double>(RightAnswers(network, disturbed, labels)) / count;
    };
    for (auto& [sigma, accuracy] : result.noise) {
      accuracy += share_right(disturbance.WithNoise(inputs, begin, end, sigma));
    }
    for (auto& [share, accuracy] : result.outliers) {
      accuracy += share_right(Normalise(disturbance.WithOutliers(pixels, begin, end, share)));
    }
  }
  return result;
}

}  // namespace elu_lab
