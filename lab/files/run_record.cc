#include "lab/files/run_record.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "program/pending_file.h"

namespace elu_lab {
namespace {

constexpr int kForm = 1;  // of run.json

std::filesystem::path FileOf(const std::filesystem::path& folder) { return folder / "run.json"; }

}  // namespace

bool HoldsRun(const std::filesystem::path& folder) {
  std::error_code error;
  return std::filesystem::exists(FileOf(folder), error);
}

void WriteRunRecord(const RunRecord& record) try {
  const RunSettings& settings = record.settings;
  const TrainingSettings& training = settings.training;
  const nlohmann::ordered_json json = {{"form", kForm},
                                       {"activation", settings.network.activation},
                                       {"alpha", settings.network.alpha},
                                       {"norm", settings.network.batch_norm ? "batch" : "none"},
                                       {"epochs", training.epochs},
                                       {"batch", training.batch},
                                       {"learning_rate", training.learning_rate},
                                       {"momentum", training.momentum},
                                       {"weight_decay", training.weight_decay},
                                       {"seed", training.seed},
                                       {"augment", training.augment},
                                       {"kernel", settings.elu_kernel ? "elu" : "pytorch"},
                                       {"threads", settings.threads},
                                       {"data", std::filesystem::absolute(settings.data).string()},
                                       {"images_digest", record.images_digest},
                                       {"classes", record.classes}};
  program::WriteFile(FileOf(settings.output), json.dump(2) + "\n");
} catch (const nlohmann::json::type_error&) {
  throw std::runtime_error(record.settings.data.string() + ": it, or a class in it, has a name that is no UTF-8");
}

RunRecord ReadRunRecord(const std::filesystem::path& folder) try {
  std::ifstream file(FileOf(folder));
  if (!file) throw std::runtime_error(folder.string() + ": holds no run: there is no run.json");
  const nlohmann::json json = nlohmann::json::parse(file);
  if (json.at("form").get<int>() != kForm) throw std::runtime_error(FileOf(folder).string() + ": of another version");
  return {.settings = {.network = {.activation = json.at("activation"),
                                   .alpha = json.at("alpha"),
                                   .batch_norm = json.at("norm") == "batch"},
                       .training = {.epochs = json.at("epochs"),
                                    .batch = json.at("batch"),
                                    .learning_rate = json.at("learning_rate"),
                                    .momentum = json.at("momentum"),
                                    .weight_decay = json.at("weight_decay"),
                                    .seed = json.at("seed"),
                                    .augment = json.at("augment")},
                       .data = json.at("data").get<std::string>(),
                       .output = folder,
                       .elu_kernel = json.at("kernel") == "elu",
                       .threads = json.at("threads")},
          .classes = json.at("classes"),
          .images_digest = json.at("images_digest")};
} catch (const nlohmann::json::exception&) {
  throw std::runtime_error(FileOf(folder).string() + ": is not what elu-lab train writes");
}

}  // namespace elu_lab
