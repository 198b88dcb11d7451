#include "lab/compare/one_run.h"

#include <fstream>
#include <stdexcept>

#include "elu/elu.h"
#include "lab/measure/gradient_norms.h"
#include "lab/measure/preactivation_noise.h"
#include "lab/measure/robustness.h"
#include "lab/results/json.h"
#include "lab/run/run.h"
#include "program/pending_file.h"
#include "program/processor.h"
#include "program/signals.h"

namespace elu_lab {
namespace {

// Without what only metrics.jsonl has.
std::vector<EpochOfRun> EpochsOf(const Run& run) {
  std::vector<EpochOfRun> epochs = run.Epochs();
  for (EpochOfRun& epoch : epochs) {
    epoch.step.reset();
    epoch.images_per_second.reset();
  }
  return epochs;
}

}  // namespace

std::optional<ComparedRun> ReadResult(const WrittenPlan& plan, size_t run, const std::filesystem::path& comparison) {
  const std::filesystem::path file = comparison / plan.FolderOf(run) / "result.json";
  std::ifstream stream(file);
  if (!stream) return {};
  const std::string damaged = file.string() + ": is damaged; without that folder the run is done anew";
  try {
    const Json json = Json::parse(stream);
    if (json.at("variant") != plan.VariantOf(run) || json.at("seed") != plan.SeedOf(run)) {
      throw std::runtime_error(file.string() + ": is of another run");
    }
    ComparedRun result;
    FromJson(json, result);
    if (!result.Complete()) throw std::runtime_error(damaged);
    return result;
  } catch (const nlohmann::json::exception&) {
    throw std::runtime_error(damaged);
  }
}

// The state after the result: it is needed until then.
void KeepResult(const ComparedRun& result, const std::filesystem::path& folder) {
  program::WriteFile(folder / "result.json", ToJson(result).dump() + "\n");
  RemoveState(folder);
}

void RemoveState(const std::filesystem::path& folder) { std::filesystem::remove(folder / "state.safetensors"); }

Machine ThisMachine(int threads) {
  return {program::ProcessorName().value_or("unknown"), threads, elu_target(), program::HostName()};
}

bool TrainRun(const Plan& plan, size_t run, const Dataset& dataset, const std::string& title) {
  const RunRecord record = plan.RecordOf(run);
  const std::filesystem::path& folder = record.settings.output;
  WriteRunRecord(record);
  RunHooks hooks;
  hooks.title = title;
  hooks.probe = [&dataset](const Evaluation& test, ConvNet& network, EpochOfRun& epoch) {
    epoch.layers = test.layers;
    epoch.gradient_norms = GradientNorms(network, dataset.train);
  };
  Run training(record, dataset, hooks);
  training.RestoreIfSaved();
  ComparedRun result = {.variant = plan.VariantOf(run), .seed = plan.SeedOf(run)};
  try {
    if (!training.Continue()) return false;
    const auto stop = [] { return program::Interrupted() != 0; };
    result.robustness = MeasureRobustness(training.Network(), dataset.test, result.seed, stop);
    result.preactivation_noise = MeasurePreactivationNoise(training.Network(), dataset.test, result.seed, stop);
    if (stop()) return false;  // saved after the last epoch
  } catch (const Diverged&) {
    result.diverged = true;
  }
  result.step_losses = training.Training().StepLosses();
  result.epochs = EpochsOf(training);
  result.machine = ThisMachine(plan.threads);
  KeepResult(result, folder);
  return true;
}

}  // namespace elu_lab
