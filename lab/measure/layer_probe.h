// What a layer of activations does to the images of a test: how its values are spread, how many of its units are dead.
#ifndef ELU_LAB_MEASURE_LAYER_PROBE_H_
#define ELU_LAB_MEASURE_LAYER_PROBE_H_

#include <torch/torch.h>

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "lab/network/activation.h"

namespace elu_lab {

// Bins of equal width over [kHistogramLow, kHistogramHigh): a bin holds its lower edge, the first and the last bin also
// what lies beyond them, NaN one of these.
inline constexpr int kHistogramBins = 64;
inline constexpr double kHistogramLow = -3, kHistogramHigh = 5;

// Of the outputs y = f(x) of one layer, at all units and positions of all images together.
struct LayerStatistics {
  std::string name;
  double mean = 0, deviation = 0;   // deviation: the root of the mean of (y - mean)^2
  std::optional<double> saturated;  // share of y below 0.99 times Activation::floor; none where f has no floor
  int64_t units = 0;                // channels of a convolution, neurons of a linear layer
  int64_t dead = 0;                 // units with f'(x) = 0, to the bit, at every position of every image
  std::vector<double> histogram;    // shares of y, kHistogramBins of them
};

// {"name", "mean", "deviation", "saturated", "units", "dead", "histogram": {"low", "high", "shares"}}; what is no
// finite number, or is not there, is null.
nlohmann::ordered_json ToJson(const LayerStatistics& statistics);

// Gathers the statistics of one layer, batch by batch. The number of threads changes nothing; how the images fall into
// batches, and the layout in memory, change no more than the last bits of mean and deviation.
class LayerProbe {
 public:
  LayerProbe(std::string name, const Activation& activation);

  // What goes into the layer, (N, units, ...) float; to be called before the layer, which may work in place, has run.
  // f' is what the layer's own backward makes of a gradient of ones. A unit is looked at until it is found alive.
  void Before(const torch::Tensor& x);

  // What has come out of it.
  void After(const torch::Tensor& y);

  LayerStatistics Result() const;

 private:
  struct Tally {
    double sum = 0, squares = 0;
    int64_t count = 0, saturated = 0;
    std::array<int64_t, kHistogramBins> bins = {};

    void Add(const float* values, int64_t n, float saturated_below);
    void Add(const Tally& other);
  };

  torch::Tensor DerivativeAt(const torch::Tensor& x);

  std::string name_;
  std::optional<double> floor_;
  torch::nn::AnyModule layer_;
  Tally tally_;
  int64_t units_ = 0;
  torch::Tensor suspects_;  // numbers of the units whose every f' has been 0 so far
};

}  // namespace elu_lab

#endif  // ELU_LAB_MEASURE_LAYER_PROBE_H_
