#include "lab/checkpoint/model.h"

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "lab/checkpoint/safetensors.h"
#include "program/text.h"

namespace elu_lab {
namespace {

std::string ValueOr(const Metadata& metadata, const std::string& key, const std::string& otherwise) {
  const auto found = metadata.find(key);
  return found == metadata.end() ? otherwise : found->second;
}

double ParseAlpha(const std::string& text) {
  double alpha = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), alpha);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(alpha)) {
    throw std::runtime_error("its metadata give alpha as '" + text + "'");
  }
  return alpha;
}

std::vector<std::string> ParseClasses(const std::string& text, size_t count) try {
  auto classes = nlohmann::json::parse(text).get<std::vector<std::string>>();
  if (classes.size() == count) return classes;
  throw std::runtime_error("its metadata name " + std::to_string(classes.size()) + " classes, its tensors have " +
                           std::to_string(count));
} catch (const nlohmann::json::exception&) {
  throw std::runtime_error("its metadata do not name the classes");
}

std::vector<std::string> Numbers(size_t count) {
  std::vector<std::string> names(count);
  for (size_t i = 0; i < count; ++i) names[i] = std::to_string(i);
  return names;
}

// The last layer's size, before there is memory for a network of it.
int64_t CountClasses(const Tensors& tensors) {
  const auto bias = tensors.find("classifier.3.bias"), weight = tensors.find("classifier.3.weight");
  if (bias == tensors.end() || weight == tensors.end() || bias->second.dim() != 1 || weight->second.dim() != 2 ||
      bias->second.size(0) != weight->second.size(0) || bias->second.size(0) < 1) {
    throw std::runtime_error("has no classifier.3.weight and classifier.3.bias of one size: it is no ConvNetELU");
  }
  return bias->second.size(0);
}

Model Build(const Safetensors& file, const std::optional<std::string>& activation, const std::optional<double>& alpha) {
  const auto classes = static_cast<size_t>(CountClasses(file.tensors));
  const NetworkSettings settings = {
      .activation = activation ? *activation : ValueOr(file.metadata, "activation", "elu"),
      .alpha = alpha ? *alpha : ParseAlpha(ValueOr(file.metadata, "alpha", "1")),
      .batch_norm = file.tensors.contains("features.2.weight")};
  const bool named = file.metadata.contains("classes");
  Model model = {
      settings, named ? ParseClasses(file.metadata.at("classes"), classes) : Numbers(classes), named,
      ConvNet(FindActivation(settings.activation, settings.alpha), static_cast<int64_t>(classes), settings.batch_norm)};
  CopyTensors(file.tensors, StateOf(*model.network));
  return model;
}

}  // namespace

void WriteModel(const std::filesystem::path& file, const Model& model) {
  WriteSafetensors(file, StateOf(*model.network),
                   {{"activation", model.settings.activation},
                    {"alpha", program::ShortestDecimal(model.settings.alpha)},
                    {"classes", nlohmann::json(model.classes).dump()}});
}

Model ReadModel(const std::filesystem::path& checkpoint, const std::optional<std::string>& activation,
                const std::optional<double>& alpha) {
  std::error_code error;
  const bool run = std::filesystem::is_directory(checkpoint, error);
  const std::filesystem::path file = run ? checkpoint / "weights.safetensors" : checkpoint;
  const Safetensors content = ReadSafetensors(file);
  try {
    return Build(content, activation, alpha);
  } catch (const std::logic_error& wrong) {
    throw std::runtime_error(file.string() + ": " + wrong.what());
  } catch (const std::runtime_error& wrong) {
    throw std::runtime_error(file.string() + ": " + wrong.what());
  }
}

}  // namespace elu_lab
