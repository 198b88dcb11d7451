#include "lab/run/use.h"

#include <cstdio>
#include <ostream>
#include <stdexcept>

#include "elu/torch.hpp"
#include "figures/confusion.h"
#include "lab/checkpoint/model.h"
#include "lab/data/dataset.h"
#include "lab/files/image_file.h"
#include "lab/measure/test.h"
#include "program/pending_file.h"
#include "program/text.h"

namespace elu_lab {
namespace {

std::string Joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

void CheckClasses(const Model& model, const std::vector<std::string>& classes) {
  if (model.classes.size() != classes.size()) {
    throw std::runtime_error("the checkpoint knows " + std::to_string(model.classes.size()) +
                             " classes, the data have " + std::to_string(classes.size()));
  }
  if (model.classes_named && model.classes != classes) {
    throw std::runtime_error("the checkpoint's classes are " + Joined(model.classes) + ", those of the data " +
                             Joined(classes));
  }
}

std::string Percent(double share) { return program::Format("%.1f %%", 100.0 * share); }

// "cat 93.1 %, dog 4.2 %, deer 1.1 %"
std::string BestThree(const Model& model, const torch::Tensor& logits) {
  const int64_t count = std::min<int64_t>(3, logits.size(1));
  const auto [values, classes] = torch::softmax(logits[0], 0, torch::kFloat64).topk(count);
  std::vector<std::string> parts;
  for (int64_t i = 0; i < count; ++i) {
    const auto label = static_cast<size_t>(classes[i].item<int64_t>());
    parts.push_back(model.classes[label] + " " + Percent(values[i].item<double>()));
  }
  return Joined(parts);
}

}  // namespace

void EvaluateCheckpoint(const EvaluateSettings& settings, std::ostream& out) {
  elu::torch::enable();
  Model model = ReadModel(settings.checkpoint, settings.activation, settings.alpha);
  const Dataset dataset = ReadDataset(settings.data, settings.all ? Part::kAllAsTest : Part::kTest);
  CheckClasses(model, dataset.classes);
  Evaluation result = Evaluate(model.network, dataset.test);
  const Confusion confusion = {dataset.classes, std::move(result.confusion)};
  const std::string loss = program::Format("%.4f", result.loss);
  const int64_t count = dataset.test.labels.size(0);
  out << "test accuracy " << Percent(result.accuracy) << " of " << count << " images, loss " << loss << "\n\n"
      << ConfusionAsText(confusion);
  if (!settings.figure.empty()) program::WriteFile(settings.figure, ConfusionAsSvg(confusion));
}

bool PredictImages(const PredictSettings& settings, std::ostream& out) {
  elu::torch::enable();
  const torch::NoGradGuard no_grad;
  Model model = ReadModel(settings.checkpoint, settings.activation, settings.alpha);
  model.network->eval();
  bool all_read = true;
  for (const std::filesystem::path& file : settings.images) {
    try {
      Pixels pixels = ReadImageFile(file);
      const torch::Tensor image = torch::from_blob(pixels.data(), {1, 3, kImageSide, kImageSide}, torch::kUInt8);
      out << file.string() << ": " << BestThree(model, model.network->forward(Normalise(image))) << "\n";
    } catch (const std::runtime_error& error) {
      std::fprintf(stderr, "elu-lab: %s %s\n", file.c_str(), error.what());
      all_read = false;
    }
  }
  return all_read;
}

}  // namespace elu_lab
