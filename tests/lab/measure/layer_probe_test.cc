// What is said of a layer's values and units is what plain arithmetic over all of them says.
#include "lab/measure/layer_probe.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "lab/measure/test.h"
#include "lab/network/convnet.h"
#include "tests/lab/support/noise.h"
#include "tests/lab/support/one_thread.h"

namespace elu_lab {
namespace {

using LayerProbeTest = OneThread;
using EvaluateTest = OneThread;

// Shows the probe what goes in, x, and what comes out, y, in batches of `batch`.
LayerResult Probe(const Activation& activation, const torch::Tensor& x, const torch::Tensor& y, int64_t batch) {
  LayerProbe probe("layer", activation);
  const torch::NoGradGuard no_grad;
  for (int64_t begin = 0; begin < x.size(0); begin += batch) {
    const int64_t end = std::min(x.size(0), begin + batch);
    probe.Before(x.slice(0, begin, end));
    probe.After(y.slice(0, begin, end));
  }
  return probe.Result();
}

torch::Tensor Output(const Activation& activation, const torch::Tensor& x) {
  torch::nn::AnyModule layer = activation.make();
  return layer.forward(x.clone());
}

LayerResult Probe(const Activation& activation, const torch::Tensor& x, int64_t batch) {
  return Probe(activation, x, Output(activation, x), batch);
}

void ExpectDefinitions(const LayerResult& statistics, const Activation& activation, const torch::Tensor& floats) {
  const torch::Tensor y = floats.to(torch::kFloat64);
  const double mean = y.mean().item<double>();
  EXPECT_NEAR(statistics.mean, mean, 1e-13);
  EXPECT_NEAR(statistics.deviation, std::sqrt((y - mean).square().mean().item<double>()), 1e-13);
  ASSERT_EQ(std::isfinite(statistics.saturated), activation.floor.has_value());
  if (activation.floor) {
    const auto below = static_cast<float>(0.99 * *activation.floor);
    EXPECT_EQ(statistics.saturated, (y < below).to(torch::kFloat64).mean().item<double>());
    EXPECT_GT(statistics.saturated, 0.01);
  }
  const torch::Tensor bins = ((y - kHistogramLow) * 8).floor().clamp(0, 63).to(torch::kInt64).flatten();
  const torch::Tensor shares = bins.bincount({}, 64).to(torch::kFloat64) / static_cast<double>(y.numel());
  EXPECT_TRUE(at::equal(torch::tensor(statistics.histogram.shares, torch::kFloat64), shares));
  EXPECT_NEAR(std::accumulate(statistics.histogram.shares.begin(), statistics.histogram.shares.end(), 0.0), 1, 1e-12);
}

TEST_F(LayerProbeTest, SaysWhatTheDefinitionsSay) {
  torch::manual_seed(1);
  const torch::Tensor x = torch::randn({37, 5, 31, 29}).mul_(3);
  for (const char* name : {"elu", "relu", "leaky_relu", "selu", "celu", "gelu", "silu"}) {
    SCOPED_TRACE(name);
    const Activation activation = FindActivation(name, 0.5);
    const torch::Tensor y = Output(activation, x);
    ExpectDefinitions(Probe(activation, x, y, 37), activation, y);
    const torch::Tensor last = y.contiguous(at::MemoryFormat::ChannelsLast);
    ExpectDefinitions(Probe(activation, x, last, 8), activation, y);
    ExpectDefinitions(Probe(activation, x, last.slice(3, 0, 20), 8), activation, y.slice(3, 0, 20));
  }
}

TEST(LayerProbe, TheNumberOfThreadsChangesNothing) {
  torch::manual_seed(2);
  const torch::Tensor x = torch::randn({20, 8, 31, 31});
  const torch::Tensor y = Output(FindActivation("elu"), x);
  const int threads = at::get_num_threads();
  at::set_num_threads(1);
  const LayerResult one = Probe(FindActivation("elu"), x, y, 20);
  at::set_num_threads(3);
  const LayerResult three = Probe(FindActivation("elu"), x, y, 20);
  at::set_num_threads(threads);
  EXPECT_EQ(one, three);
}

TEST_F(LayerProbeTest, ABinHoldsItsLowerEdgeAndTheEndsWhatLiesBeyond) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const struct {
    float y;
    size_t bin;
    // clang-format off
  } cases[] = {{-3, 0}, {-100, 0}, {-kInfinity, 0}, {std::nanf(""), 63}, {-std::nanf(""), 0},
               {std::nextafter(-2.875F, -3.0F), 0}, {-2.875F, 1}, {-1e-30F, 23}, {-0.0F, 24}, {0, 24}, {0.124F, 24},
               {0.125F, 25}, {4.875F, 63}, {5, 63}, {1e30F, 63}, {kInfinity, 63}};
  // clang-format on
  for (const auto& [y, bin] : cases) {
    LayerProbe probe("layer", FindActivation("leaky_relu"));
    probe.Before(torch::ones({1, 1}));
    probe.After(torch::full({1, 1}, y));
    for (size_t i = 0; i < kHistogramBins; ++i) EXPECT_EQ(probe.Result().histogram.shares[i], i == bin ? 1 : 0) << y;
  }
}

// Unit 2 has f' = 0 everywhere; then at all but one of the 23 x 12 places.
TEST_F(LayerProbeTest, AUnitIsDeadUntilOneGradientIsNotZero) {
  torch::manual_seed(3);
  for (const char* name : {"elu", "relu", "leaky_relu", "selu", "celu", "gelu", "silu"}) {
    const Activation activation = FindActivation(name, 2);
    torch::Tensor x = torch::rand({23, 4, 3, 4}).add_(0.1);
    x.select(1, 2).fill_(-1000);
    const int64_t dead = std::string(name) == "leaky_relu" ? 0 : 1;
    EXPECT_EQ(Probe(activation, x, 23).dead, dead) << name;
    EXPECT_EQ(Probe(activation, x.contiguous(at::MemoryFormat::ChannelsLast), 5).dead, dead) << name;
    x[22][2][2][3] = 0.5;
    const LayerResult statistics = Probe(activation, x, 5);
    EXPECT_EQ(statistics.dead, 0) << name;
    EXPECT_EQ(statistics.units, 4) << name;
  }
}

// In place ELU takes f' from the output, which is -alpha to the bit below -17.33.
TEST_F(LayerProbeTest, EluIsDeadWhereItsOutputIsMinusAlpha) {
  const auto dead = [](float x) { return Probe(FindActivation("elu"), torch::full({2, 1}, x), 2).dead; };
  EXPECT_EQ(dead(-17.4F), 1);
  EXPECT_EQ(dead(-17.2F), 0);
}

TEST_F(LayerProbeTest, WhatIsNotThereIsNaN) {
  LayerProbe probe("layer", FindActivation("relu"));
  probe.Before(torch::full({1, 1}, std::nan("")));
  probe.After(torch::full({1, 1}, std::nan("")));
  const LayerResult result = probe.Result();
  EXPECT_TRUE(std::isnan(result.mean) && std::isnan(result.deviation) && std::isnan(result.saturated));
  EXPECT_EQ(result.histogram.shares.size(), 64U);
  EXPECT_EQ(result.dead, 0);
}

double DeadWithBias(const char* activation, size_t layer, const char* name, int64_t unit, double bias) {
  ConvNet network = MakeNetwork(FindActivation(activation), 0);
  {
    const torch::NoGradGuard no_grad;
    network->named_parameters()[name][unit] = bias;
  }
  const std::vector<LayerResult> layers = Evaluate(network, Noise(20), {}, Layers::kMeasure).layers;
  EXPECT_EQ(layers.at(layer).name, kActivationLayers[layer]);
  return layers.at(layer).dead;
}

TEST_F(EvaluateTest, AUnitForcedDeadIsOneMoreThanForcedAlive) {
  const char* biases[] = {"features.0.bias", "features.4.bias", "classifier.0.bias"};
  for (size_t layer = 0; layer < 3; ++layer) {
    for (const char* activation : {"relu", "elu"}) {
      const double alive = DeadWithBias(activation, layer, biases[layer], 5, 1e4);
      EXPECT_EQ(DeadWithBias(activation, layer, biases[layer], 5, -1e4), alive + 1) << activation << ", " << layer;
    }
  }
}

TEST_F(EvaluateTest, MeasuringLayersChangesNothing) {
  const Images images = Noise(260);  // two batches
  ConvNet network = MakeNetwork(FindActivation("elu"), 0);
  const Evaluation plain = Evaluate(network, images), measured = Evaluate(network, images, {}, Layers::kMeasure);
  EXPECT_TRUE(plain.layers.empty());
  ASSERT_EQ(measured.layers.size(), 3U);
  for (size_t i = 0; i < 3; ++i) EXPECT_EQ(measured.layers[i].units, (std::array{64, 128, 256})[i]);
  EXPECT_EQ(measured.loss, plain.loss);
  EXPECT_EQ(measured.accuracy, plain.accuracy);
  EXPECT_EQ(measured.confusion, plain.confusion);
  const torch::NoGradGuard no_grad;
  const torch::Tensor x = Normalise(images.pixels);
  EXPECT_TRUE(at::equal(network->ForwardObserved(x, {}), network->forward(x)));
}

}  // namespace
}  // namespace elu_lab
