#include <algorithm>
#include <iostream>
#include <memory>

#include "lab/command/commands.h"
#include "lab/command/options.h"
#include "lab/compare/compare.h"
#include "program/help.h"

namespace elu_lab {
namespace {

CompareSettings CompareDefaults() {
  CompareSettings settings;
  settings.training = {.epochs = 3, .batch = 128, .learning_rate = 0.05, .augment = true};
  settings.data = DefaultData();
  return settings;
}

constexpr const char* kCompareExamples =
    "  elu-lab compare --quick --output out/quick\n"
    "  elu-lab compare --output out/full\n"
    "  elu-lab compare --shard 2/3 --threads 2 --output part2\n"
    "  elu-lab compare --data photos --activations relu,elu,selu --norm both --lr-factors 1,4,16 --output out/photos";

constexpr const char* kFooter =
    "Each activation (elu and celu with each alpha), norm and rate factor is trained with each seed; runs of one seed\n"
    "have the same first weights, batches and augmentation. As it stands, that is 5 networks x 5 seeds x 3 epochs of\n"
    "50,000 images, an hour or two on two processors; the line of each run tells the time left. Ctrl-C saves, and the\n"
    "same command goes on. Several machines, with one folder or a folder each, share the work: of three, one gets\n"
    "--shard 1/3, the others 2/3 and 3/3, all the same --threads; elu-lab merge brings folders together.";

// --quick sets what the user did not.
void ApplyQuick(const CLI::App& compare, CompareSettings& settings) {
  if (compare.count("--images") == 0) settings.train_images = 10'000;
  if (compare.count("--test-images") == 0) settings.test_images = 2'000;
  if (compare.count("--epochs") == 0) settings.training.epochs = 1;
  if (compare.count("--batch") == 0) settings.training.batch = 64;  // more steps
  if (compare.count("--lr") == 0) settings.training.learning_rate = 0.01;
  if (compare.count("--augment") == 0) settings.training.augment = false;  // which one epoch does not gain from
  if (compare.count("--seeds") == 0) settings.seeds = 1;
  if (compare.count("--alpha") == 0) settings.alphas = {1};
}

template <class T>
void RefuseTwice(const char* option, std::vector<T> values) {
  std::ranges::sort(values);
  if (std::ranges::adjacent_find(values) != values.end()) throw CLI::ValidationError(option, "names one twice");
}

// What the parser itself does not see.
void CheckTogether(const CLI::App& compare, const CompareSettings& settings) {
  RefuseTwice("--activations", settings.activations);
  RefuseTwice("--alpha", settings.alphas);
  RefuseTwice("--lr-factors", settings.rate_factors);
  if (std::ranges::count(settings.rate_factors, 1.0) == 0) {
    throw CLI::ValidationError("--lr-factors", "must name 1 too, which most is measured at; --lr sets that rate");
  }
  if (compare.count("--alpha") > 0 && std::ranges::none_of(settings.activations, TakesAlpha)) {
    throw CLI::ValidationError("--alpha", "is of elu and celu, which are not compared");
  }
  RefuseOutputInData(settings.output, settings.data);
}

void AddGrid(CLI::App& compare, CompareSettings& settings) {
  compare.add_option("--activations", settings.activations, "of relu, leaky_relu, elu, selu, celu, gelu, silu")
      ->delimiter(',')
      ->check(CLI::IsMember(ActivationNames()))
      ->capture_default_str();
  AddAlphas(compare, settings.alphas, "of elu and celu, each in turn");
  compare
      .add_option_function<std::string>(
          "--norm",
          [&settings](const std::string& name) {
            settings.batch_norms.assign({name != "none"});
            if (name == "both") settings.batch_norms.push_back(false);
          },
          "BatchNorm behind the convolutions (batch), nothing (none), or both in turn")
      ->check(CLI::IsMember({"batch", "none", "both"}))
      ->default_str("batch");
  AddPositives(compare, "--lr-factors", settings.rate_factors, "times --lr, each in turn; 1 among them");
  compare.add_option("--seeds", settings.seeds, "how many trainings of each network, from --seed on")
      ->check(CLI::Range(int64_t{1}, int64_t{1000}))
      ->check(NotEmpty)
      ->capture_default_str();
}

}  // namespace

Command AddCompare(CLI::App& app, const std::string& command_line) {
  const auto settings = std::make_shared<CompareSettings>(CompareDefaults());
  settings->command = command_line;
  const auto quick = std::make_shared<bool>(false);

  CLI::App* compare = app.add_subcommand("compare", "train one network with each activation and compare");
  program::SetHelp(*compare, kCompareExamples);
  compare->footer(kFooter);
  compare->add_flag("--quick", *quick, "one seed, one epoch of 10,000 images as they are, batches of 64, alpha 1");
  compare->add_option("--output", settings->output, "folder of the comparison; if it holds this one, go on with it")
      ->required();
  compare->add_option("--data", settings->data, "CIFAR-10's binary files, or a folder of class folders with images")
      ->capture_default_str();
  AddGrid(*compare, *settings);
  AddTraining(*compare, settings->training);
  AddCount(*compare, "--images", settings->train_images, "training images")->default_str("all");
  AddCount(*compare, "--test-images", settings->test_images, "test images")->default_str("all");
  AddAugment(*compare, settings->training);
  AddKernel(*compare, settings->elu_kernel);
  AddThreads(*compare, settings->threads);
  AddShard(*compare, settings->shard);
  compare->final_callback([compare, settings] { CheckTogether(*compare, *settings); });
  return {compare, [settings, quick, compare] {
            if (*quick) ApplyQuick(*compare, *settings);
            return Compare(*settings, std::cout);
          }};
}

}  // namespace elu_lab
