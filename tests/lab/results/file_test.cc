// What is written of a comparison is what is read of it.
#include "lab/results/file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>

#include "lab/results/json.h"
#include "tests/lab/support/folder.h"

namespace elu_lab {
namespace {

std::string Bytes(const std::filesystem::path& file) {
  std::ostringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  return bytes.str();
}

// Each field has a value that no other has, and none has its default.
ComparedRun SomeRun() {
  const LayerResult layer = {"linear 1", 0.11, 0.12, 0.13, 14, 15, {-1.6, 1.7, {0.18, 0.19}}};
  return {.variant = 1,
          .seed = 1ULL << 63,
          .diverged = true,
          .robustness = {20, {{0.21, 0.22}}, {{0.23, 0.24}, {0.25, 0.26}}},
          .step_losses = {2.7, 2.8},
          .epochs = {{29, 30, 3.1, 3.2, 3.3, 3.4, 3.5, {layer}, {{"features.0.weight", 3.6}}}},
          .machine = Machine{"another processor", 68, "another target", "its name"}};
}

Comparison SomeComparison(const std::string& name) {
  return {.name = name,
          .program = "elu-lab 9",
          .date = "2001-02-03",
          .command = "elu-lab compare",
          .machine = {"a processor", 4, "a target", "a name"},
          .settings = {"images", 41, 42, 43, 44, 45, 0.46, 0.47, 0.48, true, "a kernel", {49, 50}},
          .thresholds = {{"a claim", {{"a number", 51}, {"a count", 52, true}}}, {"another", {}}},
          .variants = {{"a-0.5", "A (0.5)", "a", 0.5, "batch", 4}, {"b", "B", "b", 5.3, "none", 5.4}},
          .runs = {SomeRun()},
          .step_times = {{1, {55, 56}, {57}}},
          .timed_apart = {{{"a third processor", 69, "a third target", "a third name"}, {{0, {70}, {71, 72}}}}},
          .initialisation = {
              {58, 59, 60, 61}, {{"a", "A", "He", 6.2, {6.3}}}, 64, {{"b", "B", "statistics.hpp", 6.5, {6.6, 6.7}}}}};
}

TEST(Results, EveryFieldIsReadAsItWasWritten) {
  const Folder folder;
  const Comparison comparison = SomeComparison(folder.Path().filename().string());
  WriteComparison(comparison, folder.Path());
  const std::string bytes = Bytes(folder.Path() / "results.json");
  EXPECT_EQ(bytes, AsText(comparison));
  EXPECT_EQ(ReadComparison(folder.Path()), comparison);
  EXPECT_EQ(ReadComparison(folder.Path() / "results.json"), comparison);
}

TEST(Results, StoredOnesAreWrittenAsTheyAre) {
  const std::filesystem::path file = std::filesystem::path(ELU_PROJECT) / "docs/results/cifar10/results.json";
  EXPECT_EQ(AsText(ReadComparison(file)), Bytes(file));
}

TEST(Results, WhatIsNotFiniteIsNull) {
  const NamedNorm infinite = {"a", std::numeric_limits<double>::infinity()}, two = {"b", 2};
  EXPECT_EQ(ToJson(std::vector{infinite, two}).dump(), R"([{"name":"a","norm":null},{"name":"b","norm":2.0}])");
  LayerResult layer = {.name = "a", .saturated = std::nan(""), .units = 3, .dead = std::nan("")};
  const Json json = ToJson(layer);
  EXPECT_TRUE(json.at("saturated").is_null() && json.at("dead").is_null()) << json;
  EXPECT_EQ(json.at("units").dump(), "3");
  FromJson(json, layer);
  EXPECT_TRUE(std::isnan(layer.saturated) && std::isnan(layer.dead));
}

// What compare has not measured yet, and what a run that diverged has not.
TEST(Results, WhatIsNotThereIsNotWritten) {
  Json json = ToJson(Comparison());
  EXPECT_TRUE(json.at("runs").is_array());
  EXPECT_FALSE(json.contains("step_times") || json.contains("timed_apart") || json.contains("initialisation"));
  EXPECT_FALSE(json.at("machine").contains("name"));
  json = ToJson(ComparedRun{.diverged = true});
  EXPECT_EQ(json.dump(), R"({"variant":0,"seed":0,"diverged":true,"step_losses":[],"epochs":[]})");
  json = ToJson(EpochOfRun{.epoch = 1});
  EXPECT_FALSE(json.contains("step") || json.contains("images_per_second") || json.contains("layers")) << json;
}

}  // namespace
}  // namespace elu_lab
