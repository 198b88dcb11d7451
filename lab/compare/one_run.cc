#include "lab/compare/one_run.h"

#include <fstream>
#include <stdexcept>

#include "lab/measure/gradient_norms.h"
#include "lab/measure/robustness.h"
#include "lab/results/comparison.h"
#include "lab/run/run.h"
#include "program/pending_file.h"
#include "program/signals.h"

namespace elu_lab {
namespace {

using Json = nlohmann::ordered_json;

Json LayersToJson(const std::vector<LayerStatistics>& layers) {
  Json all = Json::array();
  for (const LayerStatistics& layer : layers) all.push_back(ToJson(layer));
  return all;
}

// Of the metrics of each epoch, what results.json has.
Json EpochsOf(const Run& run) {
  Json epochs = run.Metrics();
  for (Json& epoch : epochs) {
    epoch.erase("step");
    epoch.erase("images_per_second");
  }
  return epochs;
}

// The state after the result: it is needed until then.
void Keep(const Json& result, const std::filesystem::path& folder) {
  program::WriteFile(folder / "result.json", result.dump() + "\n");
  std::filesystem::remove(folder / "state.safetensors");
}

}  // namespace

std::optional<Json> ReadResult(const Plan& plan, size_t run) {
  const std::filesystem::path folder = plan.RecordOf(run).settings.output, file = folder / "result.json";
  std::ifstream stream(file);
  if (!stream) return {};
  try {
    Json result = Json::parse(stream);
    if (result.at("variant") != plan.VariantOf(run) || result.at("seed") != plan.SeedOf(run)) {
      throw std::runtime_error(file.string() + ": is of another run");
    }
    ReadRun(result);  // complete, or it throws
    // Where the program ended before it could.
    std::filesystem::remove(folder / "state.safetensors");
    return result;
  } catch (const nlohmann::json::exception&) {
    throw std::runtime_error(file.string() + ": is damaged; without that folder the run is done anew");
  }
}

std::optional<Json> TrainRun(const Plan& plan, size_t run, const Dataset& dataset, const std::string& title) {
  const RunRecord record = plan.RecordOf(run);
  const std::filesystem::path& folder = record.settings.output;
  program::MakeOutputFolder(folder);
  WriteRunRecord(record);
  RunHooks hooks;
  hooks.title = title;
  hooks.probe = [&dataset](const Evaluation& test, ConvNet& network, EpochMetrics& epoch) {
    epoch["layers"] = LayersToJson(test.layers);
    epoch["gradient_norms"] = ToJson(GradientNorms(network, dataset.train));
  };
  Run training(record, dataset, hooks);
  training.RestoreIfSaved();
  Json result = {{"variant", plan.VariantOf(run)}, {"seed", plan.SeedOf(run)}, {"diverged", false}};
  try {
    if (!training.Continue()) return {};
    const auto stop = [] { return program::Interrupted() != 0; };
    const Robustness robustness = MeasureRobustness(training.Network(), dataset.test, plan.SeedOf(run), stop);
    if (stop()) return {};  // saved after the last epoch
    result["robustness"] = ToJson(robustness);
  } catch (const Diverged&) {
    result["diverged"] = true;
  }
  result["step_losses"] = training.Training().StepLosses();
  result["epochs"] = EpochsOf(training);
  Keep(result, folder);
  return result;
}

}  // namespace elu_lab
