#include "lab/compare/plan.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>
#include <stdexcept>
#include <string>

#include "lab/network/activation.h"
#include "lab/verdicts/claims.h"
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

// Threads as the comparison was begun with, unless they were asked for.
void Adopt(const WrittenPlan& before, Plan& plan) {
  if (plan.threads == 0) plan.threads = before.threads;
  plan.thresholds = before.thresholds;
  std::string difference = Difference(before, plan, ", now ");
  if (difference.empty()) difference = DifferenceOfVariants(before, plan, ", now ");
  if (difference.empty()) return;
  throw std::runtime_error(plan.settings.output.string() + ": holds a comparison with " + difference +
                           "; take another --output");
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
  its.settings.output = settings.output / FolderOf(run);
  return its;
}

std::vector<size_t> Plan::RunsOfShard() const {
  const auto [number, count] = settings.shard;
  // Run after run goes to shard after shard; where variants would come to the same shards again, to the next ones.
  const size_t repeats = std::lcm(variants.size(), count);
  std::vector<size_t> numbers;
  for (size_t run = 0; run < Runs(); ++run) {
    if ((run + run / repeats) % count == number - 1) numbers.push_back(run);
  }
  return numbers;
}

Plan MakePlan(const CompareSettings& settings, const Dataset& dataset) try {
  Plan plan;
  plan.settings = settings;
  plan.shared = Shared(settings, dataset);
  plan.variants = MakeVariants(settings);
  plan.classes = dataset.classes;
  plan.images_digest = DigestOf(dataset);
  plan.threads = settings.threads;
  plan.thresholds = Thresholds();
  if (const auto before = ReadPlan(settings.output)) {
    Adopt(*before, plan);
  } else {
    if (plan.threads == 0) plan.threads = at::get_num_threads();
    WritePlan(plan, settings.output);
  }
  plan.record = {.settings = {.network = {},
                              .training = settings.training,
                              .data = settings.data,
                              .output = {},
                              .elu_kernel = settings.elu_kernel,
                              .threads = plan.threads},
                 .classes = plan.classes,
                 .images_digest = plan.images_digest};
  return plan;
} catch (const nlohmann::json::type_error&) {
  throw std::runtime_error(settings.data.string() + ": it, or a class in it, has a name that is no UTF-8");
}

}  // namespace elu_lab
