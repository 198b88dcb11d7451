// Writes what export_test.py compares: a briefly trained network, 64 images, and the logits that C++ gives them.
// ELU_CIFAR10 is the folder of the images, unless CIFAR10_DIR is set, and ELU_EXPORTED where they go.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "elu/torch.hpp"
#include "lab/checkpoint/safetensors.h"
#include "lab/training/trainer.h"
#include "program/pending_file.h"

namespace elu_lab {
namespace {

TEST(Export, WritesANetworkAndItsLogits) {
  const char* own = std::getenv("CIFAR10_DIR");
  const char* folder = std::getenv("ELU_EXPORTED");
  if (folder == nullptr) GTEST_SKIP() << "ELU_EXPORTED is not set";
  const std::filesystem::path data = own != nullptr && *own != '\0' ? own : std::getenv("ELU_CIFAR10");
  const std::filesystem::path output = folder;
  elu::torch::enable();
  program::MakeOutputFolder(output);
  ConvNet network = MakeNetwork(FindActivation("elu"), 0);
  const Images training_images = ReadCifar10(data, false, 640);
  Trainer trainer(network, training_images, {});
  while (trainer.steps_done() < trainer.steps()) trainer.Step();
  const Images images = ReadCifar10(data, true, 64);
  const torch::NoGradGuard no_grad;
  network->eval();
  const torch::Tensor inputs = Normalise(images.pixels);
  const torch::Tensor logits = network->forward(inputs.clone());
  WriteSafetensors(output / "network.safetensors", StateOf(*network));
  WriteSafetensors(output / "logits.safetensors", {{"inputs", inputs}, {"logits", logits}});
  elu::torch::disable();
}

}  // namespace
}  // namespace elu_lab
