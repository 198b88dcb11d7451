// Training that stops and goes on: the same bits. And what is done to the images before.
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "lab/training/augment.h"
#include "lab/training/trainer.h"
#include "tests/lab/support/folder.h"
#include "tests/lab/support/noise.h"
#include "tests/lab/support/one_thread.h"

namespace elu_lab {
namespace {

const TrainingSettings kSettings{.epochs = 2, .batch = 8, .seed = 3, .augment = true};

void ExpectSameBits(const Tensors& a, const Tensors& b) {
  ASSERT_EQ(a.size(), b.size());
  for (const auto& [name, tensor] : a) EXPECT_TRUE(at::equal(tensor, b.at(name))) << name;
}

using TrainerTest = OneThread;

// 20 images in batches of 8: the stops lie at the beginning, within an epoch, at its end, and at the end of all.
TEST_F(TrainerTest, GoesOnFromAnyStepWithTheSameBits) {
  const Images images = Noise(20);
  const auto make = [] { return MakeNetwork(FindActivation("elu"), kSettings.seed); };
  Trainer whole(make(), images, kSettings);
  std::vector<Tensors> states = {whole.State()};
  while (whole.steps_done() < whole.steps()) {
    whole.Step();
    states.push_back(whole.State());
  }
  ASSERT_EQ(states.size(), 7U);
  for (const size_t stop : {0, 1, 3, 5, 6}) {
    Trainer second(make(), images, kSettings);
    second.Restore(states[stop]);
    while (second.steps_done() < second.steps()) second.Step();
    ExpectSameBits(second.State(), states.back());
    EXPECT_EQ(second.MeanLoss(), whole.MeanLoss()) << stop;
    EXPECT_EQ(second.StepLosses(), whole.StepLosses()) << stop;
  }
}

// Before the first step and after each.
std::vector<Tensors> StatesOf(const char* activation, bool batch_norm, double rate_factor) {
  const Images images = Noise(20);
  TrainingSettings settings = kSettings;
  settings.learning_rate *= rate_factor;
  Trainer trainer(MakeNetwork(FindActivation(activation), settings.seed, 10, batch_norm), images, settings);
  std::vector<Tensors> states = {trainer.State()};
  while (trainer.steps_done() < trainer.steps()) {
    trainer.Step();
    states.push_back(trainer.State());
  }
  return states;
}

// What a comparison rests on: one seed gives every network the same first weights, and at every step the same order of
// images, the same draws of shifts and of dropout.
TEST_F(TrainerTest, EqualSeedsGiveEveryNetworkTheSame) {
  const std::vector<Tensors> elu = StatesOf("elu", true, 1), relu = StatesOf("relu", false, 4);
  ASSERT_EQ(elu.size(), 7U);
  ASSERT_EQ(relu.size(), 7U);
  for (const char* layer : {"features.0.weight", "features.4.weight", "classifier.0.weight", "classifier.3.weight"}) {
    const std::string name = std::string("network.") + layer;
    EXPECT_TRUE(at::equal(elu.front().at(name), relu.front().at(name))) << name;
    EXPECT_FALSE(at::equal(elu.back().at(name), relu.back().at(name))) << name;
  }
  for (size_t step = 0; step < elu.size(); ++step) {
    for (const char* name : {"order", "random.order", "random.torch"}) {
      EXPECT_TRUE(at::equal(elu[step].at(name), relu[step].at(name))) << name << " at step " << step;
    }
  }
}

TEST_F(TrainerTest, ALossThatIsNotFiniteEndsIt) {
  const Images images = Noise(20);
  TrainingSettings settings = kSettings;
  settings.learning_rate = 1e30;
  Trainer trainer(MakeNetwork(FindActivation("relu"), 0), images, settings);
  EXPECT_THROW(while (trainer.steps_done() < trainer.steps()) trainer.Step(), Diverged);
  const std::vector<double> losses = trainer.StepLosses();
  EXPECT_EQ(static_cast<int64_t>(losses.size()), trainer.steps_done());
  EXPECT_GE(losses.size(), 1U);
  for (const double loss : losses) EXPECT_TRUE(std::isfinite(loss));
}

TEST_F(TrainerTest, RefusesAStateThatDoesNotFit) {
  const Images images = Noise(20);
  Trainer trainer(MakeNetwork(FindActivation("elu"), 0), images, kSettings);
  const Tensors before = trainer.State();
  const auto refused = [&](const std::string& name, const torch::Tensor& value, const std::string& reason) {
    Tensors state = before;
    state[name] = value;
    const std::string error = Error([&] { trainer.Restore(state); });
    EXPECT_NE(error.find(reason), std::string::npos) << error;
    ExpectSameBits(trainer.State(), before);
  };
  refused("step", torch::tensor(-1, torch::kInt64), "step -1 is not of this run");
  refused("step", torch::tensor(7, torch::kInt64), "step 7 is not of this run");
  refused("order", torch::full({20}, 20, torch::kInt64), "order names no image");
  refused("order", torch::arange(19, torch::kInt64), "order is I64 of shape [19]");
  refused("momentum.features.0.bias", torch::zeros({63}), "momentum.features.0.bias is");
  refused("more", torch::zeros({1}), "more belongs to nothing here");
}

// Each image becomes one of 2 x 3 x 3 that are made here pixel by pixel, and all of them come.
TEST(Augment, MirrorsAndShifts) {
  const torch::Tensor numbers = torch::arange(3 * 32 * 32, torch::kInt64).fmod(251).add(1);
  const torch::Tensor image = numbers.to(torch::kUInt8).view({1, 3, 32, 32});
  auto generator = at::detail::createCPUGenerator(1);
  const torch::Tensor changed = Augment(image.expand({1000, -1, -1, -1}), generator);
  const auto matches = [&](int64_t i, int64_t down, int64_t across, bool mirrored) {
    const auto from = image.accessor<uint8_t, 4>(), to = changed.accessor<uint8_t, 4>();
    for (int64_t pixel = 0; pixel < 3 * 32 * 32; ++pixel) {
      const int64_t channel = pixel / 1024, row = pixel / 32 % 32, column = pixel % 32;
      const int64_t y = row + down, x = (mirrored ? 31 - column : column) + across;
      const bool inside = y >= 0 && y < 32 && x >= 0 && x < 32;
      if (to[i][channel][row][column] != (inside ? from[0][channel][y][x] : 0)) return false;
    }
    return true;
  };
  std::set<int64_t> seen;
  for (int64_t i = 0; i < changed.size(0); ++i) {
    int64_t found = 0;
    for (int64_t kind = 0; kind < 18; ++kind) {
      if (!matches(i, kind / 6 - 1, kind / 2 % 3 - 1, kind % 2 == 1)) continue;
      seen.insert(kind);
      ++found;
    }
    ASSERT_EQ(found, 1) << i;
  }
  EXPECT_EQ(seen.size(), 18U);
}

TEST(Augment, TheGeneratorAloneDecides) {
  const torch::Tensor pixels = Noise(10).pixels;
  const auto with = [&pixels](uint64_t seed) {
    auto generator = at::detail::createCPUGenerator(seed);
    return Augment(pixels, generator);
  };
  EXPECT_TRUE(at::equal(with(1), with(1)));
  EXPECT_FALSE(at::equal(with(1), with(2)));
}

}  // namespace
}  // namespace elu_lab
