#include "lab/measure/preactivation_noise.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace elu_lab {
namespace {

constexpr std::array<double, 3> kNoiseSigmas = {0.1, 0.5, 1};

double Sum(const torch::Tensor& x) { return x.sum(torch::kFloat64).item<double>(); }

double SquareSum(const torch::Tensor& x) { return Sum(x.square()); }

double Deviation(const torch::Tensor& z) { return std::sqrt(z.var(/*unbiased=*/false).item<double>()); }

// Of one layer, over all batches.
struct Sums {
  double count = 0, negative = 0, sum = 0, squares = 0;
  struct OfSigma {
    double in_negative = 0, in = 0, out_negative = 0, out = 0;
  };
  std::array<OfSigma, kNoiseSigmas.size()> of_sigma = {};

  void Add(const torch::Tensor& z, const torch::Tensor& normal, torch::nn::AnyModule& f) {
    const torch::Tensor below = z < 0, y = f.forward(z.clone());
    const double deviation = Deviation(z);
    count += static_cast<double>(z.numel());
    negative += Sum(below);
    sum += Sum(z);
    squares += SquareSum(z);
    for (size_t i = 0; i < kNoiseSigmas.size(); ++i) {
      const torch::Tensor noise = normal * (kNoiseSigmas[i] * deviation), change = f.forward(z + noise) - y;
      of_sigma[i].in += SquareSum(noise);
      of_sigma[i].in_negative += SquareSum(noise * below);
      of_sigma[i].out += SquareSum(change);
      of_sigma[i].out_negative += SquareSum(change * below);
    }
  }

  LayerNoise Result(const char* name) const {
    const double mean = sum / count;
    LayerNoise result = {name, mean, std::sqrt(std::max(0.0, squares / count - mean * mean)), negative / count, {}};
    for (size_t i = 0; i < kNoiseSigmas.size(); ++i) {
      const OfSigma& s = of_sigma[i];
      result.transmitted.push_back({kNoiseSigmas[i], s.out_negative / s.in_negative, s.out / s.in});
    }
    return result;
  }
};

class Measurement {
 public:
  Measurement(ConvNet& network, uint64_t seed)
      : network_(network), generator_(at::detail::createCPUGenerator(seed)), layer_(network->activation().make()) {
    for (const double sigma : kNoiseSigmas) right_.push_back({sigma, 0, 0});
  }

  void Add(const torch::Tensor& inputs, const torch::Tensor& labels) {
    std::array<torch::Tensor, kActivationLayers.size()> normal;
    network_->ForwardObserved(inputs, {.before = [&](size_t layer, const torch::Tensor& z) {
                                normal[layer] = torch::randn(z.sizes(), generator_);
                                sums_[layer].Add(z, normal[layer], layer_);
                              }});
    for (NoisePoint& point : right_) {
      point.negative += Right(inputs, labels, normal, point.sigma, /*everywhere=*/false);
      point.everywhere += Right(inputs, labels, normal, point.sigma, /*everywhere=*/true);
    }
  }

  PreactivationNoise Result(int64_t images) const {
    PreactivationNoise result = {.images = images, .accuracy = right_};
    for (size_t i = 0; i < sums_.size(); ++i) result.layers.push_back(sums_[i].Result(kActivationLayers[i]));
    for (NoisePoint& point : result.accuracy) {
      point.negative /= static_cast<double>(images);
      point.everywhere /= static_cast<double>(images);
    }
    return result;
  }

 private:
  double Right(const torch::Tensor& inputs, const torch::Tensor& labels,
               const std::array<torch::Tensor, kActivationLayers.size()>& normal, double sigma, bool everywhere) {
    const torch::Tensor logits =
        network_->ForwardObserved(inputs, {.before = [&](size_t layer, const torch::Tensor& z) {
                                    torch::Tensor noise = normal[layer] * (sigma * Deviation(z));
                                    if (!everywhere) noise *= z < 0;
                                    torch::Tensor(z).add_(noise);
                                  }});
    return (logits.argmax(1) == labels).sum().item<double>();
  }

  ConvNet& network_;
  at::Generator generator_;
  torch::nn::AnyModule layer_;
  std::array<Sums, kActivationLayers.size()> sums_ = {};
  std::vector<NoisePoint> right_;  // counts
};

}  // namespace

PreactivationNoise MeasurePreactivationNoise(ConvNet& network, const Images& images, uint64_t seed,
                                             const std::function<bool()>& stop) {
  constexpr int64_t kBatch = 250;
  const torch::NoGradGuard no_grad;
  network->eval();
  Measurement measurement(network, seed);
  const int64_t count = std::min(kPreactivationImages, images.labels.size(0));
  for (int64_t begin = 0; begin < count && !(stop && stop()); begin += kBatch) {
    const int64_t end = std::min(count, begin + kBatch);
    measurement.Add(Normalise(images.pixels.slice(0, begin, end)), images.labels.slice(0, begin, end));
  }
  return measurement.Result(count);
}

}  // namespace elu_lab
