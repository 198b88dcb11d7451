// The measurements of a comparison keep to their definitions.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string_view>

#include "lab/measure/gradient_norms.h"
#include "lab/measure/initialisation.h"
#include "lab/measure/preactivation_noise.h"
#include "lab/measure/robustness.h"
#include "lab/measure/step_times.h"
#include "lab/measure/test.h"
#include "lab/network/convnet.h"
#include "tests/lab/support/noise.h"
#include "tests/lab/support/one_thread.h"

namespace elu_lab {
namespace {

using GradientNormsTest = OneThread;
using PreactivationNoiseTest = OneThread;
using RobustnessTest = OneThread;
using StepTimesTest = OneThread;
using InitialisationTest = OneThread;

// The first 512 images, which the measurement takes in batches; here in one. The next one has a label that no network
// could have.
TEST_F(GradientNormsTest, AreThoseOfTheMeanLossOverTheFirst512Images) {
  const Images first = Noise(512);
  const Images images{torch::cat({first.pixels, first.pixels.slice(0, 0, 1)}),
                      torch::cat({first.labels, torch::tensor({99}, torch::kInt64)})};
  ConvNet network = MakeNetwork(FindActivation("elu"), 0);
  const std::vector<NamedNorm> norms = GradientNorms(network, images);
  for (const torch::Tensor& parameter : network->parameters()) EXPECT_FALSE(parameter.grad().defined());
  network->eval();
  torch::cross_entropy_loss(network->forward(Normalise(first.pixels)), first.labels).backward();
  const char* names[] = {"features.0.weight", "features.4.weight", "classifier.0.weight", "classifier.3.weight"};
  ASSERT_EQ(norms.size(), 4U);
  for (size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(norms[i].name, names[i]);
    const torch::Tensor gradient = network->named_parameters()[names[i]].grad().to(torch::kFloat64);
    const double norm = std::sqrt(gradient.square().sum().item<double>());
    EXPECT_NEAR(norms[i].norm, norm, 1e-4 * norm) << names[i];
    EXPECT_GT(norm, 0) << names[i];
  }
}

TEST(Disturbance, NoiseIsNormalWithDeviationSigma) {
  const Disturbance disturbance(7, 40);
  const torch::Tensor images = torch::zeros({30, 3, 32, 32});
  const torch::Tensor noise = disturbance.WithNoise(images, 10, 40, 0.5);
  const double size = std::sqrt(static_cast<double>(noise.numel()));
  EXPECT_NEAR(noise.mean().item<double>(), 0, 5 * 0.5 / size);
  EXPECT_NEAR(noise.std().item<double>(), 0.5, 5 * 0.5 / size);
  EXPECT_TRUE(at::equal(disturbance.WithNoise(images, 10, 40, 1.0), noise * 2));
  EXPECT_TRUE(at::equal(Disturbance(7, 40).WithNoise(images, 10, 40, 0.5), noise));
  EXPECT_FALSE(at::equal(Disturbance(8, 40).WithNoise(images, 10, 40, 0.5), noise));
  EXPECT_TRUE(at::equal(disturbance.WithNoise(images + 3, 10, 40, 0), images + 3));
}

TEST(Disturbance, OutliersAreBlackOrWhiteAndGrowInNumber) {
  const Disturbance disturbance(7, 40);
  const torch::Tensor images = torch::full({40, 3, 32, 32}, 99, torch::kUInt8);
  torch::Tensor before = torch::zeros({40, 3, 32, 32}, torch::kBool);
  const auto share_of = [](const torch::Tensor& which) { return which.to(torch::kFloat64).mean().item<double>(); };
  for (const double share : {0.01, 0.1, 0.5}) {
    const torch::Tensor disturbed = disturbance.WithOutliers(images, 0, 40, share);
    const torch::Tensor changed = disturbed != 99;
    const double error = 5 * std::sqrt(share / static_cast<double>(images.numel()));
    EXPECT_NEAR(share_of(changed), share, error);
    EXPECT_NEAR(share_of(disturbed == 0), share / 2, error);
    EXPECT_NEAR(share_of(disturbed == 255), share / 2, error);
    EXPECT_TRUE(at::equal(changed | before, changed)) << share;
    before = changed;
  }
}

// Labels are the answers to the images as they are: all of these are right, and fewer of the disturbed ones.
TEST_F(RobustnessTest, WithoutNoiseIsThePlainAccuracy) {
  ConvNet network = MakeNetwork(FindActivation("elu"), 0);
  Images images = Noise(60);
  const torch::NoGradGuard no_grad;
  network->eval();
  images.labels = network->forward(Normalise(images.pixels)).argmax(1);
  images.labels.slice(0, 0, 6).add_(1).fmod_(10);  // those of a tenth are wrong
  const Robustness robustness = MeasureRobustness(network, images, 1);
  EXPECT_EQ(robustness.images, 60);
  EXPECT_EQ(robustness.noise.front().strength, 0);
  EXPECT_NEAR(robustness.noise.front().accuracy, 0.9, 1e-12);
  EXPECT_NEAR(robustness.noise.front().accuracy, Evaluate(network, images).accuracy, 1e-12);
  EXPECT_LT(robustness.noise.back().accuracy, 0.9);
  EXPECT_LT(robustness.outliers.back().accuracy, 0.9);
  EXPECT_EQ(robustness, MeasureRobustness(network, images, 1));
  EXPECT_NE(robustness, MeasureRobustness(network, images, 2));
}

// Of little noise f'(z)^2 of the variance arrives: 1 for z > 0; for z < 0 nothing of it with ReLU, 0.0001 with Leaky
// ReLU, between these and 1 with ELU. Noise that is large passes 0 from both sides.
TEST_F(PreactivationNoiseTest, IsWhatTheDerivativesLetThrough) {
  const Images images = Noise(20);
  for (const char* name : {"relu", "leaky_relu", "elu"}) {
    ConvNet network = MakeNetwork(FindActivation(name), 0);
    const PreactivationNoise noise = MeasurePreactivationNoise(network, images, 1);
    EXPECT_EQ(noise.images, 20);
    ASSERT_EQ(noise.layers.size(), 3U);
    EXPECT_EQ(noise, MeasurePreactivationNoise(network, images, 1));
    EXPECT_NE(noise, MeasurePreactivationNoise(network, images, 2));
    for (const LayerNoise& layer : noise.layers) {
      ASSERT_EQ(layer.transmitted.size(), 3U);
      const NoisePoint& little = layer.transmitted.front();
      EXPECT_NEAR(layer.negative_share, 0.5, 0.2) << layer.name;
      if (std::string_view(name) == "elu") {
        EXPECT_GT(little.negative, 0.05);
        EXPECT_LT(little.negative, 1);
      } else {
        EXPECT_LT(little.negative, 0.05);
      }
      const double positive = (little.everywhere - layer.negative_share * little.negative) / (1 - layer.negative_share);
      EXPECT_NEAR(positive, 1, 0.1) << name << " " << layer.name;
      EXPECT_LE(layer.transmitted.back().everywhere, 1);
    }
  }
}

// Labels are the answers without noise: they are all right without it, and fewer with more of it.
TEST_F(PreactivationNoiseTest, TakesRightAnswersAway) {
  ConvNet network = MakeNetwork(FindActivation("elu"), 0);
  Images images = Noise(100);
  const torch::NoGradGuard no_grad;
  network->eval();
  images.labels = network->forward(Normalise(images.pixels)).argmax(1);
  const std::vector<NoisePoint> accuracy = MeasurePreactivationNoise(network, images, 1).accuracy;
  ASSERT_EQ(accuracy.size(), 3U);
  EXPECT_GT(accuracy[0].negative, 0.5);
  for (const NoisePoint& point : accuracy) EXPECT_LE(point.everywhere, point.negative);
  EXPECT_LT(accuracy[2].everywhere, accuracy[0].everywhere);
}

TEST_F(StepTimesTest, EveryRoundHasBothTimesOfEveryNetwork) {
  const std::vector<NetworkSettings> networks = {{.activation = "relu", .batch_norm = false}, {}, {"gelu"}};
  const TrainingSettings training{.batch = 8, .learning_rate = 1e6, .augment = true};
  const Images images = Noise(20);
  const std::vector<StepTimes> times = MeasureStepTimes(networks, training, images, 10, 3);
  ASSERT_EQ(times.size(), 3U);
  for (const StepTimes& network : times) {
    ASSERT_EQ(network.step.size(), 3U);
    ASSERT_EQ(network.activation.size(), 3U);
    for (size_t i = 0; i < 3; ++i) EXPECT_GT(network.activation[i], 0);
    EXPECT_LT(*std::ranges::min_element(network.activation), *std::ranges::min_element(network.step));
  }
  EXPECT_EQ(times[2].variant, 2U);
}

TEST_F(StepTimesTest, StopsWithWholeRounds) {
  int asked = 0;
  const auto stop = [&asked] { return ++asked == 6; };  // in the third round, the first of which only warms up
  const std::vector<StepTimes> times = MeasureStepTimes({{}, {}}, {.batch = 8}, Noise(16), 10, 5, stop);
  for (const StepTimes& network : times) {
    EXPECT_EQ(network.step.size(), 1U);
    EXPECT_EQ(network.activation.size(), 1U);
  }
}

TEST_F(StepTimesTest, LeavesANetworkThatDivergesWithoutTimes) {
  const std::vector<NetworkSettings> networks = {{.alpha = 0x1p100, .batch_norm = false}, {}};
  const std::vector<StepTimes> times = MeasureStepTimes(networks, {.batch = 8}, Noise(16), 10, 2);
  EXPECT_TRUE(times[0].step.empty() && times[0].activation.empty());
  EXPECT_EQ(times[1].step.size(), 2U);
  EXPECT_EQ(times[1].activation.size(), 2U);
}

const VarianceCurve& Find(const std::vector<VarianceCurve>& curves, const char* label, const char* gain_name) {
  for (const VarianceCurve& curve : curves) {
    if (curve.label == label && curve.gain_name == gain_name) return curve;
  }
  throw std::out_of_range(std::string(label) + ", " + gain_name);
}

TEST_F(InitialisationTest, TheirOwnGainsKeepTheVarianceAndHesOnlyThatOfRelu) {
  const std::vector<VarianceCurve> curves = VarianceInStack({.layers = 50, .width = 256, .seeds = 3, .inputs = 64});
  ASSERT_EQ(curves.size(), 10U);
  for (const VarianceCurve& curve : curves) {
    ASSERT_EQ(curve.variance.size(), 50U);
    EXPECT_NEAR(curve.variance[0], curve.gain * curve.gain, 0.05 * curve.variance[0]) << curve.label;
    const double last = curve.variance[49];
    if (curve.gain_name == "statistics.hpp") {
      EXPECT_NEAR(last, 1, 0.25) << curve.label;
    } else if (curve.label == "ReLU" || curve.activation == "leaky_relu") {
      EXPECT_TRUE(last > 2.0 / 4 && last < 2.0 * 4) << curve.label << ": " << last;  // starts from 2
    } else {
      EXPECT_GT(last, 2.0 * 2) << curve.label;
    }
  }
  EXPECT_NEAR(Find(curves, "ELU (alpha 1)", "statistics.hpp").gain, 1.2452, 1e-4);
}

TEST_F(InitialisationTest, InTheNetworkTheFirstLayerFollowsTheGainAlone) {
  const Images images = Noise(50);
  const Initialisation study = StudyInitialisation(images, 10, {.layers = 2, .width = 8});
  EXPECT_EQ(study.stack.layers, 2);
  EXPECT_EQ(study.linear.size(), 10U);
  EXPECT_EQ(study.linear[0].variance.size(), 2U);
  EXPECT_EQ(study.images, 50);
  ConvNet network = MakeNetwork(FindActivation("relu"), 0, 10, false);
  const torch::NoGradGuard no_grad;
  const torch::Tensor x = Normalise(images.pixels).to(torch::kFloat64);
  const torch::Tensor weights = network->named_parameters()["features.0.weight"].to(torch::kFloat64);
  const double variance = torch::conv2d(x, weights, {}, 1, 1).var(false).item<double>();
  for (const VarianceCurve& curve : study.convnet) {
    ASSERT_EQ(curve.variance.size(), 4U);
    EXPECT_NEAR(curve.variance[0], variance * curve.gain * curve.gain / 2, 1e-4 * variance) << curve.label;
    EXPECT_GT(curve.variance[3], 0) << curve.label;
  }
}

}  // namespace
}  // namespace elu_lab
