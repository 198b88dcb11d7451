#include "lab/compare/plan_file.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "lab/results/json.h"
#include "program/pending_file.h"

namespace elu_lab {

// Not in the nameless namespace, where the functions that write and read would not find it.
void Fields(auto& io, Is<WrittenPlan> auto& plan) {
  io.Form(kForm);
  io("settings", plan.shared)("variants", plan.variants)("class_names", plan.classes);
  io("images_digest", plan.images_digest)("threads", plan.threads)("thresholds", plan.thresholds);
}

namespace {

std::filesystem::path FileOf(const std::filesystem::path& folder) { return folder / "plan.json"; }

std::string Names(const std::vector<Variant>& variants) {
  std::string names;
  for (const Variant& variant : variants) names += " " + variant.name;
  return names;
}

}  // namespace

std::string WrittenPlan::NameOf(size_t run) const {
  return variants[VariantOf(run)].name + "-seed" + std::to_string(SeedOf(run));
}

std::filesystem::path WrittenPlan::FolderOf(size_t run) const { return std::filesystem::path("runs") / NameOf(run); }

std::optional<WrittenPlan> ReadPlan(const std::filesystem::path& folder) try {
  std::ifstream stream(FileOf(folder));
  if (!stream) return {};
  WrittenPlan plan;
  FromJson(Json::parse(stream), plan);
  // The names become those of folders.
  const auto leads_elsewhere = [](const Variant& variant) { return variant.name.find('/') != std::string::npos; };
  if (std::ranges::any_of(plan.variants, leads_elsewhere)) {
    throw std::runtime_error(FileOf(folder).string() + ": has a variant with a / in its name");
  }
  return plan;
} catch (const nlohmann::json::exception&) {
  throw std::runtime_error(FileOf(folder).string() + ": is not what elu-lab compare writes");
} catch (const std::out_of_range&) {
  throw std::runtime_error(FileOf(folder).string() + ": of another version");
}

void WritePlan(const WrittenPlan& plan, const std::filesystem::path& folder) {
  if (std::filesystem::exists(folder / "runs")) {
    throw std::runtime_error(folder.string() + ": holds runs without a plan.json; take another --output");
  }
  program::WriteFile(FileOf(folder), ToJson(plan).dump(2) + "\n");
}

std::string Difference(const WrittenPlan& before, const WrittenPlan& now, const std::string& between) {
  const Json old = ToJson(before.shared), settings = ToJson(now.shared);
  for (const auto& [name, value] : settings.items()) {
    if (name != "data" && old.at(name) != value) return name + " " + old.at(name).dump() + between + value.dump();
  }
  if (before.threads != now.threads) {
    return "threads " + std::to_string(before.threads) + between + std::to_string(now.threads);
  }
  return before.classes == now.classes && before.images_digest == now.images_digest ? "" : "other images";
}

std::string DifferenceOfVariants(const WrittenPlan& before, const WrittenPlan& now, const std::string& between) {
  if (ToJson(before.variants) == ToJson(now.variants)) return "";
  return "variants" + Names(before.variants) + between + Names(now.variants).substr(1);
}

}  // namespace elu_lab
