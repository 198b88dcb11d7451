#include "lab/run/train.h"

#include <cstdio>
#include <ostream>
#include <stdexcept>

#include "lab/run/folder_lock.h"
#include "lab/run/run.h"
#include "program/pending_file.h"
#include "program/signals.h"
#include "program/text.h"

namespace elu_lab {
namespace {

void RefuseIfRun(const std::filesystem::path& folder) {
  const std::string name = folder.string();
  if (!HoldsRun(folder)) return;
  throw std::runtime_error(name + ": holds a run already; to go on with it: elu-lab train --resume " + name);
}

void RefuseIfCompared(const std::filesystem::path& folder) {
  const std::filesystem::path comparison = folder.lexically_normal() / ".." / "..";
  std::error_code error;
  if (!std::filesystem::exists(comparison / "plan.json", error)) return;
  throw std::runtime_error(folder.string() + ": is part of a comparison, which elu-lab compare goes on with");
}

int GoOn(const RunRecord& record, const Dataset& dataset, std::ostream& out) {
  RunHooks hooks;
  hooks.report = [&](const EpochOfRun& epoch, const std::string& left) {
    out << program::Format(
               "epoch %lld of %lld: loss %.4f, test loss %.4f, test accuracy %.1f %%, %.0f images/s, %s left\n",
               static_cast<long long>(epoch.epoch), static_cast<long long>(record.settings.training.epochs),
               epoch.train_loss, epoch.test_loss, 100.0 * epoch.test_accuracy, *epoch.images_per_second, left.c_str())
        << std::flush;
  };
  PrepareFor(record.settings);
  Run run(record, dataset, hooks);
  run.RestoreIfSaved();
  if (run.Continue()) return 0;
  std::fprintf(stderr, "elu-lab: stopped after step %lld of %lld; to go on: elu-lab train --resume %s\n",
               static_cast<long long>(run.Training().steps_done()), static_cast<long long>(run.Training().steps()),
               record.settings.output.c_str());
  return 128 + program::Interrupted();
}

}  // namespace

int StartRun(const RunSettings& settings, std::ostream& out) {
  RefuseIfRun(settings.output);
  RunRecord record{.settings = settings, .classes = {}, .images_digest = 0};
  if (settings.threads == 0) record.settings.threads = at::get_num_threads();
  const Dataset dataset = ReadDataset(settings.data);
  record.classes = dataset.classes;
  record.images_digest = DigestOf(dataset);
  program::MakeOutputFolder(settings.output);
  const FolderLock lock(settings.output);
  RefuseIfRun(settings.output);  // begun since
  WriteRunRecord(record);
  return GoOn(record, dataset, out);
}

int ResumeRun(const std::filesystem::path& folder, std::ostream& out) {
  RefuseIfCompared(folder);
  const RunRecord record = ReadRunRecord(folder);
  const FolderLock lock(folder);
  const Dataset dataset = ReadDataset(record.settings.data);
  if (DigestOf(dataset) != record.images_digest || dataset.classes != record.classes) {
    throw std::runtime_error(record.settings.data.string() + ": the images are not those that " + folder.string() +
                             " was started with");
  }
  return GoOn(record, dataset, out);
}

}  // namespace elu_lab
