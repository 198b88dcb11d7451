#include <iostream>
#include <memory>

#include "commands.h"
#include "compare.h"
#include "options.h"

namespace elu_lab {
namespace {

// --quick sets what the user did not.
void ApplyQuick(const CLI::App& compare, CompareSettings& settings) {
  if (compare.count("--images") == 0) settings.train_images = 10'000;
  if (compare.count("--test-images") == 0) settings.test_images = 2'000;
  if (compare.count("--epochs") == 0) settings.training.epochs = 1;
}

}  // namespace

Command AddCompare(CLI::App& app) {
  const auto settings = std::make_shared<CompareSettings>();
  settings->data = DefaultData();
  settings->activations = {"relu", "leaky_relu", "elu"};
  const auto quick = std::make_shared<bool>(false);

  CLI::App* compare = app.add_subcommand("compare", "train one network with each activation and compare");
  compare->add_flag("--quick", *quick, "one epoch of 10,000 images, tested on 2,000: under three minutes");
  compare->add_option("--output", settings->output, "folder for results.json and the checkpoints")->required();
  compare->add_option("--data", settings->data, "folder of CIFAR-10's binary files")->capture_default_str();
  compare->add_option("--activations", settings->activations, "of relu, leaky_relu, elu, selu, celu, gelu, silu")
      ->delimiter(',')
      ->check(CLI::IsMember(ActivationNames()));
  AddTraining(*compare, settings->training);
  AddCount(*compare, "--images", settings->train_images, "training images");
  AddCount(*compare, "--test-images", settings->test_images, "test images");
  AddKernel(*compare, settings->elu_kernel);
  return {compare, [settings, quick, compare] {
            if (*quick) ApplyQuick(*compare, *settings);
            Compare(*settings, std::cout);
            return 0;
          }};
}

}  // namespace elu_lab
