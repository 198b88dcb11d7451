#include <iostream>
#include <memory>

#include "lab/command/commands.h"
#include "lab/command/options.h"
#include "lab/run/train.h"
#include "program/help.h"

namespace elu_lab {
namespace {

constexpr const char* kTrainExamples =
    "  elu-lab train --activation elu --epochs 10 --output runs/a\n"
    "  elu-lab train --resume runs/a                    after Ctrl-C, with the same results\n"
    "  elu-lab train --data photos --epochs 20 --output runs/photos    photos/cat/1.jpg, photos/dog/1.png, ...";

RunSettings RunDefaults() {
  RunSettings settings;
  settings.training = {.epochs = 10, .batch = 128, .learning_rate = 0.05, .augment = true};
  settings.data = DefaultData();
  return settings;
}

void AddNetwork(CLI::App& train, NetworkSettings& network) {
  train.add_option("--activation", network.activation, "one of relu, leaky_relu, elu, selu, celu, gelu, silu")
      ->check(CLI::IsMember(ActivationNames()))
      ->capture_default_str();
  AddAlpha(train, network.alpha, "of elu and celu");
  train
      .add_option_function<std::string>(
          "--norm", [&network](const std::string& name) { network.batch_norm = name == "batch"; },
          "BatchNorm behind the convolutions (batch), or nothing (none)")
      ->check(CLI::IsMember({"batch", "none"}))
      ->default_str("batch");
}

// What the parser itself does not see.
void CheckTogether(const CLI::App& train, const RunSettings& settings) {
  for (const CLI::Option* option : train.get_options()) {
    const bool other = option->count() > 0 && option->get_name() != "--resume";
    if (other && train.count("--resume") > 0) throw CLI::ExcludesError("--resume", option->get_name());
  }
  if (train.count("--resume") + train.count("--output") == 0) throw CLI::RequiredError("--output");
  if (train.count("--alpha") > 0 && !TakesAlpha(settings.network.activation)) {
    throw CLI::ValidationError("--alpha", "is of elu and celu, not of " + settings.network.activation);
  }
  if (train.count("--output") > 0) RefuseOutputInData(settings.output, settings.data);
}

}  // namespace

Command AddTrain(CLI::App& app) {
  const auto settings = std::make_shared<RunSettings>(RunDefaults());
  const auto resumed = std::make_shared<std::filesystem::path>();

  CLI::App* train = app.add_subcommand("train", "train one network and keep all of it in a folder");
  program::SetHelp(*train, kTrainExamples);
  train->add_option("--data", settings->data, "CIFAR-10's binary files, or a folder of class folders with PNG or JPEG")
      ->capture_default_str();
  train->add_option("--output", settings->output, "a new folder for weights, state and metrics");
  AddNetwork(*train, settings->network);
  AddTraining(*train, settings->training);
  AddAugment(*train, settings->training);
  AddKernel(*train, settings->elu_kernel);
  AddThreads(*train, settings->threads);
  train->add_option("--resume", *resumed, "alone: the folder of a run to go on with, as it was started");
  train->final_callback([train, settings] { CheckTogether(*train, *settings); });
  return {train, [settings, resumed, train] {
            if (train->count("--resume") > 0) return ResumeRun(*resumed, std::cout);
            return StartRun(*settings, std::cout);
          }};
}

}  // namespace elu_lab
