// What a layer of activations does to the images of a test: how its values are spread, how many of its units are dead.
#ifndef ELU_LAB_MEASURE_LAYER_PROBE_H_
#define ELU_LAB_MEASURE_LAYER_PROBE_H_

#include <torch/torch.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "lab/network/activation.h"
#include "lab/results/comparison.h"

namespace elu_lab {

// Bins of equal width over [kHistogramLow, kHistogramHigh): a bin holds its lower edge, the first and the last bin also
// what lies beyond them, NaN one of these.
inline constexpr int kHistogramBins = 64;
inline constexpr double kHistogramLow = -3, kHistogramHigh = 5;

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

  LayerResult Result() const;

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
