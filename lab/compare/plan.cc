#include "lab/compare/plan.h"

#include <cmath>
#include <fstream>
#include <limits>
#include <optional>
#include <stdexcept>

#include "lab/network/activation.h"
#include "lab/results/json.h"
#include "lab/verdicts/claims.h"
#include "program/pending_file.h"
#include "program/text.h"

namespace elu_lab {
namespace {

Variant MakeVariant(const NetworkSettings& network, double rate_factor) {
  const bool takes_alpha = TakesAlpha(network.activation);
  const char* norm = network.batch_norm ? "batch" : "none";
  std::string name = network.activation;
  if (takes_alpha) name.append("-").append(program::ShortestDecimal(network.alpha));
  name.append("-").append(norm).append("-lr").append(program::ShortestDecimal(rate_factor));
  return {.name = name,
          .label = FindActivation(network.activation, network.alpha).label,
          .activation = network.activation,
          .alpha = takes_alpha ? network.alpha : std::numeric_limits<double>::quiet_NaN(),
          .norm = norm,
          .learning_rate_factor = rate_factor};
}

SharedSettings Shared(const CompareSettings& settings, const Dataset& dataset) {
  const TrainingSettings& training = settings.training;
  const std::filesystem::path data = std::filesystem::absolute(settings.data / "").lexically_normal().parent_path();
  SharedSettings shared = {.data = data.filename().string(),
                           .classes = dataset.classes.size(),
                           .train_images = dataset.train.labels.size(0),
                           .test_images = dataset.test.labels.size(0),
                           .epochs = training.epochs,
                           .batch = training.batch,
                           .learning_rate = training.learning_rate,
                           .momentum = training.momentum,
                           .weight_decay = training.weight_decay,
                           .augment = training.augment,
                           .kernel = settings.elu_kernel ? "elu" : "pytorch",
                           .seeds = {}};
  for (int64_t i = 0; i < settings.seeds; ++i) shared.seeds.push_back(training.seed + static_cast<uint64_t>(i));
  return shared;
}

// The content of plan.json.
Json PlanAsJson(const Plan& plan) {
  return {{"form", kForm},
          {"settings", ToJson(plan.shared)},
          {"variants", ToJson(plan.variants)},
          {"class_names", plan.record.classes},
          {"images_digest", plan.record.images_digest},
          {"threads", plan.settings.threads},
          {"thresholds", ToJson(plan.thresholds)}};
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
    if (plan.settings.threads == 0) plan.settings.threads = before.at("threads").get<int>();
    FromJson(before.at("thresholds"), plan.thresholds);
    difference = Difference(before, PlanAsJson(plan));
  } catch (const nlohmann::json::exception&) {
    throw std::runtime_error((folder / "plan.json").string() + ": is not what elu-lab compare writes");
  }
  if (difference.empty()) return;
  throw std::runtime_error(folder.string() + ": holds a comparison with " + difference + "; take another --output");
}

}  // namespace

std::vector<Variant> MakeVariants(const CompareSettings& settings) {
  std::vector<Variant> variants;
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

NetworkSettings NetworkOf(const Variant& variant) {
  return {.activation = variant.activation,
          .alpha = std::isnan(variant.alpha) ? 1.0 : variant.alpha,
          .batch_norm = variant.norm == "batch"};
}

RunRecord Plan::RecordOf(size_t run) const {
  const Variant& variant = variants[VariantOf(run)];
  RunRecord its = record;
  its.settings.network = NetworkOf(variant);
  its.settings.training.seed = SeedOf(run);
  its.settings.training.learning_rate *= variant.learning_rate_factor;
  its.settings.output = settings.output / "runs" / (variant.name + "-seed" + std::to_string(SeedOf(run)));
  return its;
}

Plan MakePlan(const CompareSettings& settings, const Dataset& dataset) try {
  Plan plan;
  plan.settings = settings;
  plan.shared = Shared(settings, dataset);
  plan.variants = MakeVariants(settings);
  plan.record.classes = dataset.classes;
  plan.record.images_digest = DigestOf(dataset);
  plan.thresholds = Thresholds();
  const std::filesystem::path file = settings.output / "plan.json";
  const auto before = ReadPlan(file);
  if (before) {
    Adopt(*before, settings.output, plan);
  } else if (std::filesystem::exists(settings.output / "runs")) {
    throw std::runtime_error(settings.output.string() + ": holds runs without a plan.json; take another --output");
  }
  if (plan.settings.threads == 0) plan.settings.threads = at::get_num_threads();
  if (!before) program::WriteFile(file, PlanAsJson(plan).dump(2) + "\n");
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
