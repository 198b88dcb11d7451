// elu-lab: trains ConvNetELU and compares activations.
#include <c10/util/Exception.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>

#include "compare.h"
#include "elu/elu.h"

namespace {

constexpr int kFailed = 1, kWrongUse = 2;

constexpr const char* kExamples =
    "Examples:\n"
    "  elu-lab compare --quick --output out/compare\n"
    "  elu-lab compare --activations relu,elu --epochs 3 --batch 128 --lr 0.05 --output out/three\n"
    "  elu-lab compare --quick --kernel pytorch --activations elu --output out/pytorch";

// An exception of PyTorch's carries a stack trace; its first line is for people.
std::string FirstLine(const std::exception& error) {
  const auto* torch_error = dynamic_cast<const c10::Error*>(&error);
  const std::string text = torch_error != nullptr ? torch_error->what_without_backtrace() : error.what();
  return text.substr(0, text.find('\n'));
}

// The parser takes "" for 0.
std::string NotEmpty(const std::string& text) { return text.empty() ? "must be a number" : ""; }

void AddCompare(CLI::App& app, elu_lab::CompareSettings& settings, bool& quick) {
  CLI::App* compare = app.add_subcommand("compare", "train one network with each activation and compare");
  auto& training = settings.training;
  const auto add_count = [compare](const char* name, int64_t& count, const char* help) {
    compare->add_option(name, count, help)->check(CLI::Range(int64_t{1}, int64_t{1'000'000'000}))->check(NotEmpty);
  };
  compare->add_flag("--quick", quick, "one epoch of 10,000 images, tested on 2,000: under three minutes");
  compare->add_option("--output", settings.output, "folder for results.json and the checkpoints")->required();
  compare->add_option("--data", settings.data, "folder of CIFAR-10's binary files")->capture_default_str();
  compare->add_option("--activations", settings.activations, "some of relu, leaky_relu, elu")
      ->delimiter(',')
      ->check(CLI::IsMember(elu_lab::ActivationNames()));
  add_count("--epochs", training.epochs, "passes over the images");
  add_count("--batch", training.batch, "images a step");
  compare->add_option("--lr", training.learning_rate, "highest learning rate")
      ->check(CLI::PositiveNumber)
      ->check(NotEmpty);
  compare->add_option("--seed", training.seed, "of weights, order and dropout")
      ->check(CLI::Range(int64_t{0}, int64_t{1'000'000'000}))
      ->check(NotEmpty);
  add_count("--images", settings.train_images, "training images");
  add_count("--test-images", settings.test_images, "test images");
  compare->add_option_function<std::string>(
             "--kernel", [&settings](const std::string& name) { settings.elu_kernel = name == "elu"; },
             "ELU computed by our kernel (elu) or by PyTorch's own (pytorch)")
      ->check(CLI::IsMember({"elu", "pytorch"}));
}

// --quick sets what the user did not.
void ApplyQuick(CLI::App& compare, elu_lab::CompareSettings& settings) {
  if (compare.count("--images") == 0) settings.train_images = 10'000;
  if (compare.count("--test-images") == 0) settings.test_images = 2'000;
  if (compare.count("--epochs") == 0) settings.training.epochs = 1;
}

}  // namespace

int main(int argc, char** argv) {
  elu_lab::CompareSettings settings;
  settings.data = "data/cifar-10-batches-bin";
  if (const char* folder = std::getenv("CIFAR10_DIR"); folder != nullptr && *folder != '\0') settings.data = folder;
  settings.activations = {"relu", "leaky_relu", "elu"};
  bool quick = false;

  CLI::App app("Train ConvNetELU on CIFAR-10 and compare activations.", "elu-lab");
  app.footer(kExamples);
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("elu-lab ") + elu_version());
  AddCompare(app, settings, quick);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    const bool unknown = argc > 1 && argv[1][0] != '-' && argv[1] != std::string("compare");
    std::fprintf(stderr, "elu-lab: %s; see elu-lab --help\n",
                 unknown ? "there is no such command; there is compare" : error.what());
    return kWrongUse;
  }
  try {
    if (quick) ApplyQuick(*app.get_subcommand("compare"), settings);
    std::signal(SIGPIPE, SIG_IGN);  // whoever reads the table may leave: the results are written all the same
    elu_lab::Compare(settings, std::cout);
    if (std::cout.flush()) return 0;
    throw std::runtime_error("cannot write to standard output; the results are in " + settings.output.string());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "elu-lab: %s\n", FirstLine(error).c_str());
    return kFailed;
  }
}
