// elu-lab's parts: reading images, the schedule, determinism, and that the kernel changes nothing but bits.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cifar10.h"
#include "compare.h"
#include "elu/torch.hpp"
#include "folder.h"
#include "output.h"
#include "safetensors.h"
#include "testing.h"
#include "training.h"

namespace elu_lab {
namespace {

namespace fs = std::filesystem;

// `count` records whose pixels are those of a class, with noise: something to learn.
std::string Records(int count, char first_label = 0) {
  std::string bytes;
  for (int i = 0; i < count; ++i) {
    const auto label = static_cast<char>(i == 0 ? first_label : i % 10);
    bytes.push_back(label);
    for (int pixel = 0; pixel < 3072; ++pixel) bytes.push_back(static_cast<char>(25 * label + (i * 31 + pixel * 7) % 20));
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

TrainingResult TrainSmall(const char* activation, const TrainingSettings& settings, int count = 640) {
  ConvNet network = MakeNetwork(FindActivation(activation), settings.seed);
  return Train(network, Small(count), settings);
}

TEST(Training, EqualSeedsGiveEqualLosses) {
  const TrainingSettings settings{.max_steps = 5};
  EXPECT_EQ(TrainSmall("elu", settings).step_losses, TrainSmall("elu", settings).step_losses);
  EXPECT_NE(TrainSmall("elu", settings).step_losses, TrainSmall("elu", {.seed = 1, .max_steps = 5}).step_losses);
}

TEST(Training, LearnsAndEvaluates) {
  ConvNet network = MakeNetwork(FindActivation("elu"), 0);
  const Images images = Small(640);
  const double before = Evaluate(network, images).accuracy;
  Train(network, images, {.epochs = 3});
  const Evaluation after = Evaluate(network, images);
  EXPECT_LT(before, 0.4);
  EXPECT_GT(after.accuracy, 0.8);
}

// The same network through PyTorch's own kernel: equal losses to 1e-3 over 20 steps and in the mean.
TEST(Training, OurKernelChangesNothingButBits) {
  const TrainingSettings settings{.max_steps = 20};
  elu::torch::enable();
  const TrainingResult ours = TrainSmall("elu", settings, 1280);
  elu::torch::disable();
  const TrainingResult theirs = TrainSmall("elu", settings, 1280);
  ASSERT_EQ(ours.step_losses.size(), 20U);
  for (size_t step = 0; step < 20; ++step) EXPECT_NEAR(ours.step_losses[step], theirs.step_losses[step], 1e-3) << step;
  EXPECT_NEAR(ours.epochs[0].mean_loss, theirs.epochs[0].mean_loss, 1e-3);
}

TEST(Compare, WritesATableAndResults) {
  const Folder data, output;
  data.WriteOfficial("data_batch_1.bin", Records(256));
  data.WriteOfficial("test_batch.bin", Records(100));
  CompareSettings settings;
  settings.activations = {"relu", "elu"};
  settings.train_images = 256;
  settings.test_images = 100;
  settings.data = data.Path();
  settings.output = output.Path() / "new" / "folder";
  std::ostringstream table;
  Compare(settings, table);
  EXPECT_NE(table.str().find("one seed, 256 images: not a ranking"), std::string::npos) << table.str();
  EXPECT_NE(table.str().find("ELU (alpha 1)"), std::string::npos) << table.str();
  std::ifstream file(settings.output / "results.json");
  const nlohmann::json json = nlohmann::json::parse(file);
  EXPECT_EQ(json["results"].size(), 2U);
  EXPECT_EQ(json["results"][1]["activation"], "elu");
  EXPECT_EQ(json["results"][1]["step_losses"].size(), 4U);
  EXPECT_EQ(json["results"][1]["layers"].size(), 3U);
  EXPECT_TRUE(fs::exists(settings.output / "elu.safetensors"));
  for (const auto& entry : fs::directory_iterator(settings.output)) EXPECT_NE(entry.path().extension(), ".part");
}

TEST(Output, KeepsTheOldFileWhenWritingFails) {
  EXPECT_NE(Error([] { WriteFile("/proc/no/such", "x"); }).find("cannot write /proc/no/such"), std::string::npos);
  EXPECT_NE(Error([] { MakeOutputFolder("/proc/elu"); }).find("cannot write /proc/elu"), std::string::npos);
  const Folder folder;
  WriteFile(folder.Path() / "a", "old");
  fs::create_directory(folder.Path() / "a.part");  // the temporary name is taken: opening it fails
  EXPECT_NE(Error([&] { WriteFile(folder.Path() / "a", "new"); }), "");
  std::string text;
  std::ifstream(folder.Path() / "a") >> text;
  EXPECT_EQ(text, "old");
}

}  // namespace
}  // namespace elu_lab
