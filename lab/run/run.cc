#include "lab/run/run.h"

#include <cmath>
#include <new>
#include <stdexcept>
#include <utility>

#include "elu/torch.hpp"
#include "lab/results/json.h"
#include "program/pending_file.h"
#include "program/signals.h"
#include "program/text.h"

namespace elu_lab {
namespace {

Model MakeModel(const RunRecord& record) {
  const NetworkSettings& network = record.settings.network;
  return {network, record.classes, true,
          MakeNetwork(FindActivation(network.activation, network.alpha), record.settings.training.seed,
                      static_cast<int64_t>(record.classes.size()), network.batch_norm)};
}

}  // namespace

void PrepareFor(const RunSettings& settings) {
  at::set_num_threads(settings.threads);
  settings.elu_kernel ? elu::torch::enable() : elu::torch::disable();
  program::NoteInterrupts();
}

Run::Run(const RunRecord& record, const Dataset& dataset, RunHooks hooks)
    : settings_(record.settings),
      dataset_(dataset),
      hooks_(std::move(hooks)),
      model_(MakeModel(record)),
      trainer_(model_.network, dataset.train, settings_.training) {}

bool Run::Continue() {
  while (static_cast<int64_t>(epochs_.size()) < settings_.training.epochs) {
    const bool finished = TrainEpoch() && TestEpoch();
    Save();
    if (finished) continue;
    line_.Clear();
    return false;
  }
  return true;
}

// The rest of the epoch, which may be nothing. False: interrupted.
bool Run::TrainEpoch() {
  while (trainer_.epochs_done() == static_cast<int64_t>(epochs_.size())) {
    const auto start = program::Clock::now();
    const double loss = trainer_.Step();
    seconds_ += program::SecondsSince(start);
    ShowStep(loss);
    if (program::Interrupted() != 0) return false;
  }
  return true;
}

// False: interrupted, and the epoch is still to be tested.
bool Run::TestEpoch() {
  const Evaluation test = Evaluate(
      model_.network, dataset_.test, [] { return program::Interrupted() != 0; },
      hooks_.probe ? Layers::kMeasure : Layers::kSkip);
  if (program::Interrupted() != 0) return false;
  if (!std::isfinite(test.loss)) throw Diverged("the loss of the test became infinite; try a lower --lr");
  const auto images = static_cast<double>(dataset_.train.labels.size(0));
  EpochOfRun epoch = {.epoch = trainer_.epochs_done(),
                      .step = trainer_.steps_done(),
                      .train_loss = trainer_.MeanLoss(),
                      .test_loss = test.loss,
                      .test_accuracy = test.accuracy,
                      .seconds = seconds_,
                      .images_per_second = images / seconds_};
  if (hooks_.probe) hooks_.probe(test, model_.network, epoch);
  epochs_.push_back(std::move(epoch));
  line_.Clear();
  if (hooks_.report) hooks_.report(epochs_.back(), TimeLeft());
  seconds_ = 0;
  return true;
}

// The state last: where it is, the weights are not older. From it the others are made anew.
void Run::Save() const {
  WriteModel(settings_.output / "weights.safetensors", model_);
  WriteSafetensors(settings_.output / "state.safetensors", trainer_.State(),
                   {{"metrics", ToJson(epochs_).dump()}, {"seconds", ToJson(seconds_).dump()}});
  WriteMetrics();
}

void Run::WriteMetrics() const {
  std::string lines;
  for (const EpochOfRun& epoch : epochs_) lines += ToJson(epoch).dump() + "\n";
  program::WriteFile(settings_.output / "metrics.jsonl", lines);
}

void Run::RestoreIfSaved() {
  const std::filesystem::path file = settings_.output / "state.safetensors";
  if (!std::filesystem::exists(file)) return;
  const Safetensors state = ReadSafetensors(file);
  try {
    if (!state.checked) throw std::runtime_error("has no checksum: it is not from this version of elu-lab");
    trainer_.Restore(state.tensors);
    FromJson(Json::parse(state.metadata.at("metrics")), epochs_);
    seconds_ = Json::parse(state.metadata.at("seconds")).get<double>();
    const auto untested = trainer_.epochs_done() - static_cast<int64_t>(epochs_.size());
    if (untested != 0 && untested != 1) throw std::runtime_error("its metrics do not fit its step");
  } catch (const std::bad_alloc&) {
    throw;  // no fault of the file
  } catch (const std::exception& error) {
    throw std::runtime_error(file.string() + ": " + error.what());
  }
  first_step_ = trainer_.steps_done();
  WriteMetrics();
}

void Run::ShowStep(double loss) {
  const int64_t per_epoch = trainer_.steps() / settings_.training.epochs;
  const int64_t in_epoch = trainer_.steps_done() - static_cast<int64_t>(epochs_.size()) * per_epoch;
  const std::string text =
      program::Format("epoch %lld of %lld %s loss %.3f, %.0f images/s, %s left",
                      static_cast<long long>(epochs_.size() + 1), static_cast<long long>(settings_.training.epochs),
                      program::Bar(static_cast<double>(in_epoch) / static_cast<double>(per_epoch)).c_str(), loss,
                      static_cast<double>(in_epoch * settings_.training.batch) / seconds_, TimeLeft().c_str());
  line_.Show(hooks_.title + text);
}

// At the pace of this process so far, tests included.
std::string Run::TimeLeft() const {
  const auto done = static_cast<double>(trainer_.steps_done() - first_step_);
  const auto to_do = static_cast<double>(trainer_.steps() - trainer_.steps_done());
  return done > 0 ? program::FormatSeconds(program::SecondsSince(start_) / done * to_do) : "?";
}

}  // namespace elu_lab
