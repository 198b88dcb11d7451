// elu-lab's parts: reading images, the schedule, determinism, and that the kernel changes nothing but bits.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "elu/torch.hpp"
#include "lab/checkpoint/safetensors.h"
#include "lab/data/cifar10.h"
#include "lab/measure/test.h"
#include "lab/training/trainer.h"
#include "tests/lab/support/folder.h"

namespace elu_lab {
namespace {

// `count` records whose pixels are those of a class, with noise: something to learn.
std::string Records(int count, char first_label = 0) {
  std::string bytes;
  for (int i = 0; i < count; ++i) {
    const auto label = static_cast<char>(i == 0 ? first_label : i % 10);
    bytes.push_back(label);
    for (int pixel = 0; pixel < 3072; ++pixel) {
      bytes.push_back(static_cast<char>(25 * label + (i * 31 + pixel * 7) % 20));
    }
  }
  return bytes;
}

TEST(Cifar10, ReadsRecordsAcrossFiles) {
  const Folder folder;
  folder.WriteOfficial("data_batch_1.bin", Records(20));
  folder.WriteOfficial("data_batch_2.bin", Records(20));
  const Images images = ReadCifar10(folder.Path(), false, 10'020);
  EXPECT_EQ(images.pixels.sizes(), (std::vector<int64_t>{10'020, 3, 32, 32}));
  EXPECT_EQ(images.labels[13].item<int64_t>(), 3);
  EXPECT_EQ(images.labels[10'013].item<int64_t>(), 3);
  EXPECT_EQ(images.labels[9'999].item<int64_t>(), 0);
  EXPECT_EQ(images.pixels[13][1][2][3].item<int>(), 75 + (13 * 31 + (1024 + 2 * 32 + 3) * 7) % 20);
}

TEST(Cifar10, RefusesWhatIsNotCifar10) {
  const Folder folder;
  const auto read = [&folder] { ReadCifar10(folder.Path(), true, 10); };
  EXPECT_NE(Error(read).find("test_batch.bin: cannot be opened"), std::string::npos) << Error(read);
  folder.Write("test_batch.bin", Records(20));
  EXPECT_NE(Error(read).find("has 61460 bytes, not the 30730000 of 10,000 images"), std::string::npos) << Error(read);
  folder.Write("test_batch.bin", "");
  EXPECT_NE(Error(read).find("has 0 bytes"), std::string::npos) << Error(read);
  folder.WriteOfficial("test_batch.bin", Records(20, 10));
  EXPECT_NE(Error(read).find("record 0 has label 10, above 9"), std::string::npos) << Error(read);
  folder.WriteOfficial("test_batch.bin", Records(5));
  EXPECT_EQ(Error(read), "");
  const std::string text = Error([&folder] { ReadCifar10(folder.Path(), true, 10'001); });
  EXPECT_NE(text.find("has 10000 test images, 10001 were asked for"), std::string::npos) << text;
}

TEST(Training, OneCycleRate) {
  EXPECT_NEAR(OneCycleRate(0.01, 0, 100), 0.01 / 25, 1e-12);
  EXPECT_NEAR(OneCycleRate(0.01, 29, 100), 0.01, 1e-12);
  EXPECT_NEAR(OneCycleRate(0.01, 99, 100), 0.01 / 250'000, 1e-12);
  for (int64_t step = 0; step + 1 < 100; ++step) {
    const bool rises = OneCycleRate(1, step + 1, 100) > OneCycleRate(1, step, 100);
    EXPECT_EQ(rises, step < 29) << step;
  }
  for (const int64_t steps : {1, 2, 3, 4, 7}) {
    for (int64_t step = 0; step < steps; ++step) {
      EXPECT_TRUE(OneCycleRate(1, step, steps) > 0 && OneCycleRate(1, step, steps) <= 1) << step << " of " << steps;
    }
  }
}

TEST(ConvNet, HasPythonsNamesAndShapes) {
  ConvNet network = MakeNetwork(FindActivation("elu"), 0);
  const Tensors state = StateOf(*network);
  EXPECT_EQ(state.size(), 18U);
  EXPECT_EQ(state.at("features.0.weight").sizes(), (std::vector<int64_t>{64, 3, 3, 3}));
  EXPECT_EQ(state.at("features.6.running_var").sizes(), (std::vector<int64_t>{128}));
  EXPECT_EQ(state.at("classifier.0.weight").sizes(), (std::vector<int64_t>{256, 8192}));
  EXPECT_EQ(state.at("classifier.3.bias").sizes(), (std::vector<int64_t>{10}));
  EXPECT_EQ(network->forward(torch::zeros({2, 3, 32, 32})).sizes(), (std::vector<int64_t>{2, 10}));
  const double deviation = state.at("classifier.0.weight").std().item<double>();
  EXPECT_NEAR(deviation, std::sqrt(2.0 / 8192), 1e-4);  // He
  EXPECT_EQ(ConvNet(FindActivation("relu"), 7)->forward(torch::zeros({2, 3, 32, 32})).size(1), 7);
}

Images Small(int count) {
  const Folder folder;
  folder.WriteOfficial("data_batch_1.bin", Records(count));
  return ReadCifar10(folder.Path(), false, count);
}

// The losses of the first steps.
std::vector<double> TrainSmall(const char* activation, TrainingSettings settings, int steps) {
  settings.batch = 32;
  const Images images = Small(32 * steps);
  Trainer trainer(MakeNetwork(FindActivation(activation), settings.seed), images, settings);
  std::vector<double> losses;
  while (trainer.steps_done() < steps) losses.push_back(trainer.Step());
  EXPECT_EQ(trainer.StepLosses(), losses);
  return losses;
}

TEST(Training, EqualSeedsGiveEqualLosses) {
  const std::vector<double> losses = TrainSmall("elu", {}, 5);
  EXPECT_EQ(losses, TrainSmall("elu", {}, 5));
  EXPECT_NE(losses, TrainSmall("elu", {.seed = 1}, 5));
}

TEST(Training, LearnsAndEvaluates) {
  ConvNet network = MakeNetwork(FindActivation("elu"), 0);
  const Images images = Small(640);
  const double before = Evaluate(network, images).accuracy;
  Trainer trainer(network, images, {.epochs = 3});
  while (trainer.steps_done() < trainer.steps()) trainer.Step();
  const Evaluation after = Evaluate(network, images);
  EXPECT_LT(before, 0.4);
  EXPECT_GT(after.accuracy, 0.8);
}

// The same network through PyTorch's own kernel: equal losses to 1e-3 over 20 steps.
TEST(Training, OurKernelChangesNothingButBits) {
  elu::torch::enable();
  const std::vector<double> ours = TrainSmall("elu", {.learning_rate = 1e-3}, 20);
  elu::torch::disable();
  const std::vector<double> theirs = TrainSmall("elu", {.learning_rate = 1e-3}, 20);
  for (size_t step = 0; step < 20; ++step) EXPECT_NEAR(ours[step], theirs[step], 1e-3) << step;
}

}  // namespace
}  // namespace elu_lab
