// Writes what checkpoint_test.py compares: a briefly trained network, 64 images, and the logits that C++ gives them.
//   checkpoint_export CIFAR10 OUTPUT    (CIFAR10_DIR of the environment goes before CIFAR10)
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>

#include "elu/torch.hpp"
#include "lab/checkpoint/safetensors.h"
#include "lab/output.h"
#include "lab/training/trainer.h"

int main(int argc, char** argv) try {
  if (argc != 3) return 2;
  const char* own = std::getenv("CIFAR10_DIR");
  const std::filesystem::path data = own != nullptr && *own != '\0' ? own : argv[1], output = argv[2];
  elu::torch::enable();
  elu_lab::MakeOutputFolder(output);
  elu_lab::ConvNet network = elu_lab::MakeNetwork(elu_lab::FindActivation("elu"), 0);
  const elu_lab::Images training_images = elu_lab::ReadCifar10(data, false, 640);
  elu_lab::Trainer trainer(network, training_images, {});
  while (trainer.steps_done() < trainer.steps()) trainer.Step();
  const elu_lab::Images images = elu_lab::ReadCifar10(data, true, 64);
  const torch::NoGradGuard no_grad;
  network->eval();
  const torch::Tensor inputs = elu_lab::Normalise(images.pixels);
  const torch::Tensor logits = network->forward(inputs.clone());
  elu_lab::WriteSafetensors(output / "network.safetensors", elu_lab::StateOf(*network));
  elu_lab::WriteSafetensors(output / "logits.safetensors", {{"inputs", inputs}, {"logits", logits}});
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "checkpoint_export: %s\n", error.what());
  return 1;
}
