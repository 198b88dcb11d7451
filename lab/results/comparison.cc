#include "lab/results/comparison.h"

#include <cmath>
#include <fstream>
#include <limits>
#include <set>
#include <stdexcept>

namespace elu_lab {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kForm = 2;
constexpr double kMostEpochs = 1e6;

double Number(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() || found->is_null() ? std::numeric_limits<double>::quiet_NaN() : found->get<double>();
}

std::vector<double> Numbers(const Json& object, const char* name) {
  std::vector<double> numbers;
  for (const Json& number : object.at(name)) {
    numbers.push_back(number.is_null() ? std::numeric_limits<double>::quiet_NaN() : number.get<double>());
  }
  return numbers;
}

// The elements of a list that may not be there yet.
Json List(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() || found->is_null() ? Json::array() : *found;
}

Variant ReadVariant(const Json& json) {
  return {json.at("name"),       json.at("label"), json.at("activation"),
          Number(json, "alpha"), json.at("norm"),  json.at("learning_rate_factor")};
}

LayerResult ReadLayer(const Json& json) {
  LayerResult layer = {.name = json.at("name"),
                       .mean = Number(json, "mean"),
                       .deviation = Number(json, "deviation"),
                       .saturated = Number(json, "saturated"),
                       .units = Number(json, "units"),
                       .dead = Number(json, "dead")};
  if (const auto histogram = json.find("histogram"); histogram != json.end() && !histogram->is_null()) {
    layer.low = histogram->at("low");
    layer.high = histogram->at("high");
    layer.shares = Numbers(*histogram, "shares");
  }
  return layer;
}

EpochOfRun ReadEpoch(const Json& json) {
  EpochOfRun epoch = {json.at("epoch"), Number(json, "train_loss"), Number(json, "test_loss"),
                      Number(json, "test_accuracy"), Number(json, "seconds")};
  for (const Json& layer : List(json, "layers")) epoch.layers.push_back(ReadLayer(layer));
  for (const Json& norm : List(json, "gradient_norms")) {
    epoch.gradient_norms.push_back({norm.at("name"), Number(norm, "norm")});
  }
  return epoch;
}

std::vector<RobustnessPoint> ReadPoints(const Json& robustness, const char* list, const char* strength) {
  std::vector<RobustnessPoint> points;
  for (const Json& point : List(robustness, list)) points.push_back({point.at(strength), Number(point, "accuracy")});
  return points;
}

std::vector<VarianceCurve> ReadCurves(const Json& study, const char* network) {
  std::vector<VarianceCurve> curves;
  if (!study.is_object() || !study.contains(network)) return curves;
  for (const Json& curve : List(study.at(network), "curves")) {
    curves.push_back({curve.at("activation"), curve.at("label"), curve.at("gain_name"), Number(curve, "gain"),
                      Numbers(curve, "variance")});
  }
  return curves;
}

Json ReadThresholds(const Json& json) {
  for (const auto& [claim, numbers] : json.get_ref<const Json::object_t&>()) {
    for (const auto& [name, number] : numbers.get_ref<const Json::object_t&>()) Number(numbers, name.c_str());
  }
  return json;
}

void ReadSettings(const Json& json, Comparison& comparison) {
  const Json& machine = json.at("machine");
  const Json& settings = json.at("settings");
  comparison.program = json.at("program");
  comparison.date = json.at("date");
  comparison.command = json.at("command");
  comparison.processor = machine.at("processor");
  comparison.threads = Number(machine, "threads");
  comparison.target = machine.at("target");
  comparison.data = settings.at("data");
  comparison.kernel = settings.at("kernel");
  comparison.classes = settings.at("classes");
  comparison.train_images = Number(settings, "train_images");
  comparison.test_images = Number(settings, "test_images");
  comparison.epochs = settings.at("epochs");
  comparison.batch = Number(settings, "batch");
  comparison.learning_rate = Number(settings, "learning_rate");
  comparison.momentum = Number(settings, "momentum");
  comparison.weight_decay = Number(settings, "weight_decay");
  comparison.augment = settings.at("augment");
  comparison.seeds = settings.at("seeds").get<std::vector<uint64_t>>();
  comparison.thresholds = ReadThresholds(json.at("thresholds"));
  const bool counts = comparison.classes >= 1 && comparison.epochs >= 1 && comparison.epochs <= kMostEpochs;
  if (!counts) throw std::out_of_range("counts that none can be");
}

Comparison Read(const Json& json) {
  Comparison comparison;
  ReadSettings(json, comparison);
  for (const Json& variant : json.at("variants")) comparison.variants.push_back(ReadVariant(variant));
  std::set<std::pair<size_t, uint64_t>> there;
  for (const Json& run : json.at("runs")) {
    comparison.runs.push_back(ReadRun(run));
    const ComparedRun& last = comparison.runs.back();
    comparison.variants.at(last.variant);
    if (!there.insert({last.variant, last.seed}).second) throw std::out_of_range("a run is there twice");
  }
  for (const Json& times : List(json, "step_times")) {
    comparison.step_times.push_back({times.at("variant"), Numbers(times, "step_ms"), Numbers(times, "activation_ms")});
    comparison.variants.at(comparison.step_times.back().variant);
  }
  const Json study = json.value("initialisation", Json());
  comparison.linear = ReadCurves(study, "linear");
  comparison.convnet = ReadCurves(study, "convnet");
  return comparison;
}

}  // namespace

bool SameNetwork(const Variant& a, const Variant& b) {
  const bool same_alpha = a.alpha == b.alpha || (std::isnan(a.alpha) && std::isnan(b.alpha));
  return same_alpha && a.activation == b.activation && a.norm == b.norm;
}

ComparedRun ReadRun(const Json& json) {
  ComparedRun run = {json.at("variant"), json.at("seed"), json.at("diverged"), Numbers(json, "step_losses")};
  for (const Json& epoch : List(json, "epochs")) run.epochs.push_back(ReadEpoch(epoch));
  for (const char* name : {"train_loss", "test_accuracy"}) {
    if (!run.diverged) json.at("epochs").at(run.epochs.size() - 1).at(name).get<double>();
  }
  if (const auto robustness = json.find("robustness"); robustness != json.end() && !robustness->is_null()) {
    run.noise = ReadPoints(*robustness, "noise", "sigma");
    run.outliers = ReadPoints(*robustness, "outliers", "share");
  }
  return run;
}

Comparison ReadComparison(const std::filesystem::path& folder_or_file) {
  std::error_code error;
  const bool folder = std::filesystem::is_directory(folder_or_file, error);
  const std::filesystem::path file = folder ? folder_or_file / "results.json" : folder_or_file;
  std::ifstream stream(file);
  if (!stream) throw std::runtime_error(file.string() + ": cannot be opened; elu-lab compare writes it");
  Json json;
  try {
    json = Json::parse(stream);
  } catch (const Json::exception&) {
    throw std::runtime_error(file.string() + ": is no JSON, or is cut short");
  }
  try {
    if (json.at("form") != kForm) throw std::out_of_range("another form");
    Comparison comparison = Read(json);
    const std::filesystem::path absolute = std::filesystem::absolute(file).lexically_normal();
    comparison.name = absolute.parent_path().filename().string();
    return comparison;
  } catch (const std::exception&) {
    throw std::runtime_error(file.string() + ": is not what this version of elu-lab compare writes");
  }
}

std::optional<double> ThresholdOf(const Comparison& comparison, const std::string& claim, const std::string& name) {
  const auto found = comparison.thresholds.find(claim);
  if (found == comparison.thresholds.end()) return std::nullopt;
  const double number = Number(*found, name.c_str());
  return std::isnan(number) ? std::nullopt : std::optional(number);
}

}  // namespace elu_lab
