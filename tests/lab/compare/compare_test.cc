// A comparison's parts: the grid and its plan, the images it takes, the table.
#include <gtest/gtest.h>
#include <png.h>
#include <torch/torch.h>

#include <regex>
#include <set>

#include "lab/compare/one_run.h"
#include "lab/compare/plan.h"
#include "lab/data/dataset.h"
#include "lab/results/json.h"
#include "lab/results/table.h"
#include "tests/lab/support/folder.h"

namespace elu_lab {
namespace {

Dataset TwoClasses() {
  const torch::Tensor numbers = torch::arange(20, torch::kInt64);
  const torch::Tensor pixels = numbers.to(torch::kUInt8).view({20, 1, 1, 1}).expand({20, 3, 32, 32}).contiguous();
  const Images images = {pixels, numbers.div(10, "floor")};
  return {{"a", "b"}, images, images};
}

CompareSettings Grid() {
  CompareSettings settings;
  settings.activations = {"relu", "elu", "celu"};
  settings.alphas = {0.5, 2};
  settings.batch_norms = {true, false};
  settings.rate_factors = {1, 4, 16};
  settings.seeds = 2;
  settings.training.seed = 7;
  settings.data = "images";
  return settings;
}

TEST(Plan, TheGridHasEveryCombinationOnce) {
  const std::vector<Variant> variants = MakeVariants(Grid());
  ASSERT_EQ(variants.size(), (1 + 2 + 2) * 2 * 3U);
  std::set<std::string> names;
  for (const Variant& variant : variants) names.insert(variant.name);
  EXPECT_EQ(names.size(), variants.size());
  EXPECT_EQ(variants[0].name, "relu-batch-lr1");
  EXPECT_EQ(variants[5].name, "relu-none-lr16");
  EXPECT_EQ(variants[6].name, "elu-0.5-batch-lr1");
  EXPECT_EQ(variants[6].label, "ELU (alpha 0.5)");
}

TEST(Plan, RunsGoSeedBySeedAndDifferAsTheVariantsSay) {
  const Folder folder;
  CompareSettings settings = Grid();
  settings.output = folder.Path();
  const Plan plan = MakePlan(settings, TwoClasses());
  ASSERT_EQ(plan.Runs(), 60U);
  EXPECT_EQ(plan.SeedOf(29), 7U);
  EXPECT_EQ(plan.SeedOf(30), 8U);
  const RunSettings run = plan.RecordOf(30 + 5).settings;
  EXPECT_EQ(run.training.seed, 8U);
  EXPECT_EQ(run.training.learning_rate, 16 * settings.training.learning_rate);
  EXPECT_EQ(run.network, (NetworkSettings{"relu", 1, false}));
  EXPECT_EQ(run.output, folder.Path() / "runs" / "relu-none-lr16-seed8");
  std::set<std::filesystem::path> outputs;
  for (size_t i = 0; i < plan.Runs(); ++i) outputs.insert(plan.RecordOf(i).settings.output);
  EXPECT_EQ(outputs.size(), plan.Runs());
}

TEST(Plan, ShardsShareTheRunsAndTheVariants) {
  const Folder folder;
  CompareSettings settings = Grid();
  settings.seeds = 4;
  settings.output = folder.Path();
  Plan plan = MakePlan(settings, TwoClasses());
  for (const size_t count : {1, 2, 7, 30, 45, 200}) {
    std::multiset<size_t> all;
    for (size_t number = 1; number <= count; ++number) {
      plan.settings.shard = {number, count};
      const std::vector<size_t> runs = plan.RunsOfShard();
      EXPECT_TRUE(runs.size() == plan.Runs() / count || runs.size() == plan.Runs() / count + 1) << number;
      all.insert(runs.begin(), runs.end());
      std::set<size_t> variants;
      for (const size_t run : runs) variants.insert(plan.VariantOf(run));
      EXPECT_EQ(variants.size(), std::min(plan.variants.size(), runs.size())) << number << "/" << count;
    }
    EXPECT_EQ(all.size(), plan.Runs());
    EXPECT_EQ(std::set(all.begin(), all.end()).size(), plan.Runs());
  }
}

TEST(Plan, KeepsItsThresholdsAndThreads) {
  const Folder folder;
  CompareSettings settings = Grid();
  settings.output = folder.Path();
  settings.threads = 3;
  EXPECT_FALSE(MakePlan(settings, TwoClasses()).thresholds.empty());
  std::ifstream file(folder.Path() / "plan.json");
  Json json = Json::parse(file);
  json["thresholds"] = {{"written", {{"earlier", 1}}}};
  folder.Write("plan.json", json.dump());
  settings.threads = 0;
  const Plan again = MakePlan(settings, TwoClasses());
  EXPECT_EQ(again.threads, 3);
  EXPECT_EQ(again.record.settings.threads, 3);
  EXPECT_EQ(ToJson(again.thresholds), json["thresholds"]);
  Dataset others = TwoClasses();
  others.test.pixels[3][0][0][0] = 1;
  const std::string error = Error([&] { MakePlan(settings, others); });
  EXPECT_NE(error.find("holds a comparison with other images"), std::string::npos) << error;
}

TEST(FirstImages, AreOfOneShuffleWithTheirLabels) {
  const Dataset all = TwoClasses();
  const Dataset ten = FirstImages(all, 10, 4), five = FirstImages(all, 5, 0);
  EXPECT_TRUE(at::equal(ten.train.pixels.slice(0, 0, 5), five.train.pixels));
  EXPECT_TRUE(at::equal(five.test.pixels, all.test.pixels));
  EXPECT_EQ(ten.test.labels.size(0), 4);
  std::set<int64_t> seen;
  for (int64_t i = 0; i < 10; ++i) {
    const auto number = ten.train.pixels[i][0][0][0].item<int64_t>();
    EXPECT_EQ(ten.train.labels[i].item<int64_t>(), number / 10);
    seen.insert(number);
  }
  EXPECT_EQ(seen.size(), 10U);
  EXPECT_GT(*seen.rbegin(), 9);  // the classes come one behind the other: both are there
  EXPECT_NE(Error([&] { FirstImages(all, 0, 21); }).find("20 test images, 21 were asked for"), std::string::npos);
}

void WriteGrey(const std::filesystem::path& file, uint8_t value) {
  png_image image = {};
  image.version = PNG_IMAGE_VERSION;
  image.width = image.height = 32;
  image.format = PNG_FORMAT_RGB;
  const std::vector<uint8_t> pixels(size_t{3} * 32 * 32, value);
  ASSERT_NE(png_image_write_to_file(&image, file.c_str(), 0, pixels.data(), 0, nullptr), 0);
}

// Measurements of the first images are of all classes then.
TEST(ImageFolder, HasTheClassesMixed) {
  const Folder folder;
  for (const int label : {0, 1, 2}) {
    const std::filesystem::path of_class = folder.Path() / std::string(1, static_cast<char>('a' + label));
    std::filesystem::create_directory(of_class);
    for (int i = 0; i < 50; ++i) {
      WriteGrey(of_class / (std::to_string(100 + i) + ".png"), static_cast<uint8_t>(50 * label + i));
    }
  }
  const Dataset dataset = ReadImageFolder(folder.Path());
  EXPECT_EQ(DigestOf(dataset), DigestOf(ReadImageFolder(folder.Path())));
  for (const Images* images : {&dataset.train, &dataset.test}) {
    std::set<int64_t> all, first;
    for (int64_t i = 0; i < images->labels.size(0); ++i) {
      const auto value = images->pixels[i][0][0][0].item<int64_t>();
      EXPECT_EQ(images->labels[i].item<int64_t>(), value / 50);
      all.insert(value);
      if (i < 10) first.insert(value / 50);
    }
    EXPECT_EQ(static_cast<int64_t>(all.size()), images->labels.size(0));
    EXPECT_EQ(first.size(), 3U);
  }
  EXPECT_EQ(dataset.train.labels.size(0), 120);
}

// Complete, or refused with the name of the file.
TEST(ReadResult, RefusesAResultThatLacksAPart) {
  const Folder folder;
  CompareSettings settings = Grid();
  settings.output = folder.Path();
  const Plan plan = MakePlan(settings, TwoClasses());
  const std::filesystem::path run = plan.RecordOf(0).settings.output, file = run / "result.json";
  std::filesystem::create_directories(run);
  const auto refused = [&](const Json& result) {
    std::ofstream(file) << result;
    return Error([&] { ReadResult(plan, 0, folder.Path()); }).starts_with(file.string() + ": is damaged");
  };
  Json result = {{"variant", 0}, {"seed", 7}};
  EXPECT_TRUE(refused(result));
  result["diverged"] = false;
  result["step_losses"] = {2.3};
  EXPECT_TRUE(refused(result));
  result["epochs"] = Json::array();
  EXPECT_TRUE(refused(result));
  result["epochs"] = {{{"epoch", 1}, {"train_loss", 2.3}}};
  EXPECT_TRUE(refused(result));
  result["epochs"][0]["test_accuracy"] = 0.1;
  EXPECT_FALSE(refused(result));
}

ComparedRun WholeRun(double train_loss, double test_accuracy) {
  return {.step_losses = {2}, .epochs = {{.train_loss = train_loss, .test_accuracy = test_accuracy}}};
}

TEST(Table, HasMeansSpreadQuartilesAndShares) {
  Comparison comparison;
  comparison.settings.seeds = {0, 1, 2};
  comparison.variants = {
      {.name = "", .label = "ReLU", .activation = "relu", .norm = "batch"},
      {.name = "", .label = "ELU (alpha 1)", .activation = "elu", .norm = "none", .learning_rate_factor = 4}};
  comparison.runs = {WholeRun(1.5, 0.5),
                     WholeRun(1.25, 0.6),
                     WholeRun(1, 0.73),
                     WholeRun(2, 0.75),
                     {.diverged = true, .step_losses = {2.5, 3}}};
  comparison.runs[3].variant = comparison.runs[4].variant = 1;
  comparison.step_times = {{.variant = 1, .step = {10, 20, 30, 40, 50}, .activation = {1, 1, 3, 4, 10}}};
  const std::string table = std::regex_replace(ComparisonTable(comparison), std::regex(" +"), " ");
  EXPECT_NE(table.find("\nReLU 61.0 % (50.0-73.0) 1.2500 - -\n"), std::string::npos) << table;
  EXPECT_NE(table.find("\nELU (alpha 1), without BatchNorm, lr x 4 75.0 % 2.0000 30.0 ms (20.0-40.0) 10.0 % "
                       "1 of 2 diverged\n"),
            std::string::npos)
      << table;
  EXPECT_EQ(table.find("one seed"), std::string::npos);
  comparison.settings.seeds = {0};
  EXPECT_NE(ComparisonTable(comparison).find("\none seed: not a ranking\n"), std::string::npos);
  EXPECT_EQ(SummaryOf(comparison.runs.back()), "diverged after 2 steps");
  EXPECT_EQ(SummaryOf(comparison.runs.front()), "test accuracy 50.0 %, training loss 1.5000");
}

}  // namespace
}  // namespace elu_lab
