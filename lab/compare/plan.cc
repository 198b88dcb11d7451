#include "lab/compare/plan.h"

#include <fstream>
#include <optional>
#include <stdexcept>

#include "lab/network/activation.h"
#include "lab/verdicts/claims.h"
#include "program/pending_file.h"
#include "program/text.h"

namespace elu_lab {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kForm = 2;  // of plan.json and results.json

PlannedVariant MakeVariant(const NetworkSettings& network, double rate_factor) {
  std::string name = network.activation;
  if (TakesAlpha(network.activation)) name.append("-").append(program::ShortestDecimal(network.alpha));
  name.append(network.batch_norm ? "-batch" : "-none").append("-lr").append(program::ShortestDecimal(rate_factor));
  return {name, FindActivation(network.activation, network.alpha).label, network, rate_factor};
}

Json VariantToJson(const PlannedVariant& variant) {
  const NetworkSettings& network = variant.network;
  return {{"name", variant.name},
          {"label", variant.label},
          {"activation", network.activation},
          {"alpha", TakesAlpha(network.activation) ? Json(network.alpha) : Json()},
          {"norm", network.batch_norm ? "batch" : "none"},
          {"learning_rate_factor", variant.rate_factor}};
}

Json SettingsToJson(const CompareSettings& settings, const Dataset& dataset) {
  const TrainingSettings& training = settings.training;
  Json seeds = Json::array();
  for (int64_t i = 0; i < settings.seeds; ++i) seeds.push_back(training.seed + static_cast<uint64_t>(i));
  const std::filesystem::path data = std::filesystem::absolute(settings.data / "").lexically_normal().parent_path();
  return {{"data", data.filename().string()},
          {"classes", dataset.classes.size()},
          {"train_images", dataset.train.labels.size(0)},
          {"test_images", dataset.test.labels.size(0)},
          {"epochs", training.epochs},
          {"batch", training.batch},
          {"learning_rate", training.learning_rate},
          {"momentum", training.momentum},
          {"weight_decay", training.weight_decay},
          {"augment", training.augment},
          {"kernel", settings.elu_kernel ? "elu" : "pytorch"},
          {"seeds", seeds}};
}

Json PlanToJson(const Plan& plan, const Dataset& dataset) {
  Json variants = Json::array();
  for (const PlannedVariant& variant : plan.variants) variants.push_back(VariantToJson(variant));
  return {{"form", kForm},
          {"settings", SettingsToJson(plan.settings, dataset)},
          {"variants", variants},
          {"class_names", plan.record.classes},
          {"images_digest", plan.record.images_digest},
          {"threads", plan.settings.threads == 0 ? at::get_num_threads() : plan.settings.threads},
          {"thresholds", Thresholds()}};
}

std::string Names(const Json& variants) {
  std::string names;
  for (const Json& variant : variants) names.append(" ").append(variant.at("name").get<std::string>());
  return names;
}

// "epochs 3, now 4", or "" where two plans are alike but for the thresholds and the name of the folder of images.
std::string Difference(const Json& before, const Json& now) {
  for (const auto& [name, value] : now.at("settings").items()) {
    const Json& other = before.at("settings").at(name);
    if (name != "data" && other != value) return name + " " + other.dump() + ", now " + value.dump();
  }
  if (before.at("variants") != now.at("variants")) {
    return "variants" + Names(before.at("variants")) + ", now" + Names(now.at("variants"));
  }
  if (before.at("threads") != now.at("threads")) {
    return "threads " + before.at("threads").dump() + ", now " + now.at("threads").dump();
  }
  const bool same =
      before.at("class_names") == now.at("class_names") && before.at("images_digest") == now.at("images_digest");
  return same ? "" : "other images";
}

std::optional<Json> ReadPlan(const std::filesystem::path& file) try {
  std::ifstream stream(file);
  if (!stream) return {};
  Json plan = Json::parse(stream);
  if (plan.at("form") != kForm) throw std::runtime_error(file.string() + ": of another version");
  plan.at("threads").get<int>();
  return plan;
} catch (const nlohmann::json::exception&) {
  throw std::runtime_error(file.string() + ": is not what elu-lab compare writes");
}

void Adopt(const Json& before, const std::filesystem::path& folder, Plan& plan) {
  std::string difference;
  try {
    if (plan.settings.threads == 0) plan.json["threads"] = before.at("threads");
    plan.json["thresholds"] = before.at("thresholds");
    difference = Difference(before, plan.json);
  } catch (const nlohmann::json::exception&) {
    throw std::runtime_error((folder / "plan.json").string() + ": is not what elu-lab compare writes");
  }
  if (difference.empty()) return;
  throw std::runtime_error(folder.string() + ": holds a comparison with " + difference + "; take another --output");
}

}  // namespace

std::vector<PlannedVariant> MakeVariants(const CompareSettings& settings) {
  std::vector<PlannedVariant> variants;
  for (const std::string& activation : settings.activations) {
    const std::vector<double> alphas = TakesAlpha(activation) ? settings.alphas : std::vector<double>{1};
    for (const double alpha : alphas) {
      for (const bool batch_norm : settings.batch_norms) {
        for (const double factor : settings.rate_factors) {
          variants.push_back(MakeVariant({activation, alpha, batch_norm}, factor));
        }
      }
    }
  }
  return variants;
}

RunRecord Plan::RecordOf(size_t run) const {
  const PlannedVariant& variant = variants[VariantOf(run)];
  RunRecord its = record;
  its.settings.network = variant.network;
  its.settings.training.seed = SeedOf(run);
  its.settings.training.learning_rate *= variant.rate_factor;
  its.settings.output = settings.output / "runs" / (variant.name + "-seed" + std::to_string(SeedOf(run)));
  return its;
}

Plan MakePlan(const CompareSettings& settings, const Dataset& dataset) try {
  Plan plan;
  plan.settings = settings;
  plan.variants = MakeVariants(settings);
  plan.record.classes = dataset.classes;
  plan.record.images_digest = DigestOf(dataset);
  plan.json = PlanToJson(plan, dataset);
  const std::filesystem::path file = settings.output / "plan.json";
  if (const auto before = ReadPlan(file)) {
    Adopt(*before, settings.output, plan);
  } else if (std::filesystem::exists(settings.output / "runs")) {
    throw std::runtime_error(settings.output.string() + ": holds runs without a plan.json; take another --output");
  } else {
    program::WriteFile(file, plan.json.dump(2) + "\n");
  }
  plan.settings.threads = plan.json.at("threads").get<int>();
  RunSettings& each = plan.record.settings;
  each.training = settings.training;
  each.data = settings.data;
  each.elu_kernel = settings.elu_kernel;
  each.threads = plan.settings.threads;
  return plan;
} catch (const nlohmann::json::type_error&) {
  throw std::runtime_error(settings.data.string() + ": it, or a class in it, has a name that is no UTF-8");
}

}  // namespace elu_lab
