#include "lab/measure/layer_probe.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

namespace elu_lab {
namespace {

constexpr float kBinsPerUnit = kHistogramBins / (kHistogramHigh - kHistogramLow);
constexpr float kFirst = kHistogramLow * kBinsPerUnit, kLast = kFirst + kHistogramBins - 1;  // bins, that of y = 0 as 0

// The edges are multiples of 1 / kBinsPerUnit, a power of 2: y * kBinsPerUnit is exact, and so is its floor. Within one
// sign floats lie in the order of their bits as integers, whose minimum compilers make a vector operation of. NaN goes
// to one of the ends.
int BinOf(float y) {
  const auto bits = std::bit_cast<int32_t>(y * kBinsPerUnit);
  const int32_t limit = bits < 0 ? std::bit_cast<int32_t>(kFirst) : std::bit_cast<int32_t>(kLast);
  const auto within = std::bit_cast<float>(std::min(bits, limit));
  const int truncated = static_cast<int>(within);
  return truncated - static_cast<int>(within < static_cast<float>(truncated)) - static_cast<int>(kFirst);
}

}  // namespace

LayerProbe::LayerProbe(std::string name, const Activation& activation)
    : name_(std::move(name)), floor_(activation.floor), layer_(activation.make()) {}

torch::Tensor LayerProbe::DerivativeAt(const torch::Tensor& x) {
  const torch::AutoGradMode with_gradients(true);
  const torch::Tensor leaf = x.detach().requires_grad_();
  const torch::Tensor y = layer_.forward(leaf.clone());  // a leaf cannot be changed in place
  return torch::autograd::grad({y}, {leaf}, {torch::ones_like(y)})[0];
}

// A few images at a time: most units turn out alive with the first ones, and cost nothing from then on.
void LayerProbe::Before(const torch::Tensor& x) {
  constexpr int64_t kImages = 10;
  if (!suspects_.defined()) {
    units_ = x.size(1);
    suspects_ = torch::arange(units_, torch::kInt64);
  }
  for (int64_t begin = 0; begin < x.size(0) && suspects_.numel() > 0; begin += kImages) {
    const torch::Tensor part = x.slice(0, begin, std::min(x.size(0), begin + kImages)).index_select(1, suspects_);
    const torch::Tensor zero = (DerivativeAt(part) == 0).transpose(0, 1).flatten(1).all(1);
    suspects_ = suspects_.masked_select(zero);
  }
}

// Blocks are added in their order, whichever thread counts them.
void LayerProbe::After(const torch::Tensor& y) {
  constexpr int64_t kBlock = 16'384;
  const torch::Tensor dense = y.is_non_overlapping_and_dense() ? y : y.contiguous();
  const float* values = dense.const_data_ptr<float>();
  const int64_t size = dense.numel();
  const auto below = static_cast<float>(floor_ ? 0.99 * *floor_ : -std::numeric_limits<double>::infinity());
  std::vector<Tally> blocks(static_cast<size_t>((size + kBlock - 1) / kBlock));
  at::parallel_for(0, static_cast<int64_t>(blocks.size()), 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      blocks[static_cast<size_t>(i)].Add(values + i * kBlock, std::min(kBlock, size - i * kBlock), below);
    }
  });
  for (const Tally& block : blocks) tally_.Add(block);
}

// Four lanes and four histograms, so that no addition waits for the one before; bins by the piece, as vectors.
void LayerProbe::Tally::Add(const float* values, int64_t n, float saturated_below) {
  constexpr int64_t kLanes = 4, kPiece = 256;
  double sums[kLanes] = {}, squared[kLanes] = {};
  int32_t low = 0, counts[kLanes][kHistogramBins] = {}, piece[kPiece];
  for (int64_t begin = 0; begin < n; begin += kPiece) {
    const float* y = values + begin;
    const int64_t size = std::min(kPiece, n - begin);
    for (int64_t i = 0; i < size; ++i) piece[i] = BinOf(y[i]);
    for (int64_t i = 0; i < size; ++i) low += y[i] < saturated_below ? 1 : 0;
    const auto add = [&](int64_t lane, int64_t i) {
      const double value = y[i];
      sums[lane] += value;
      squared[lane] += value * value;
      ++counts[lane][piece[i]];
    };
    int64_t i = 0;
    for (; i + kLanes <= size; i += kLanes) {
      for (int64_t lane = 0; lane < kLanes; ++lane) add(lane, i + lane);
    }
    for (; i < size; ++i) add(0, i);
  }
  count += n;
  saturated += low;
  for (int64_t lane = 0; lane < kLanes; ++lane) {
    sum += sums[lane];
    squares += squared[lane];
    for (int bin = 0; bin < kHistogramBins; ++bin) bins[static_cast<size_t>(bin)] += counts[lane][bin];
  }
}

void LayerProbe::Tally::Add(const Tally& other) {
  sum += other.sum;
  squares += other.squares;
  count += other.count;
  saturated += other.saturated;
  for (size_t bin = 0; bin < bins.size(); ++bin) bins[bin] += other.bins[bin];
}

LayerResult LayerProbe::Result() const {
  const auto count = static_cast<double>(tally_.count);
  LayerResult result = {.name = name_, .saturated = std::numeric_limits<double>::quiet_NaN(), .units = units_};
  result.histogram = {.low = kHistogramLow, .high = kHistogramHigh};
  if (tally_.count == 0) return result;
  result.mean = tally_.sum / count;
  const double variance = tally_.squares / count - result.mean * result.mean;
  result.deviation = variance < 0 ? 0 : std::sqrt(variance);  // below 0 by rounding alone; NaN stays
  if (floor_) result.saturated = static_cast<double>(tally_.saturated) / count;
  result.dead = suspects_.numel();
  for (const int64_t bin : tally_.bins) result.histogram.shares.push_back(static_cast<double>(bin) / count);
  return result;
}

}  // namespace elu_lab
