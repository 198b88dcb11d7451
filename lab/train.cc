#include "train.h"

#include <stdexcept>

#include "elu/torch.hpp"
#include "interrupt.h"
#include "output.h"
#include "run.h"

namespace elu_lab {
namespace {

void RefuseIfRun(const std::filesystem::path& folder) {
  const std::string name = folder.string();
  if (!HoldsRun(folder)) return;
  throw std::runtime_error(name + ": holds a run already; to go on with it: elu-lab train --resume " + name);
}

void Prepare(const RunSettings& settings) {
  at::set_num_threads(settings.threads);
  settings.elu_kernel ? elu::torch::enable() : elu::torch::disable();
  NoteInterrupts();
}

}  // namespace

int StartRun(const RunSettings& settings, std::ostream& out) {
  RefuseIfRun(settings.output);
  RunRecord record{.settings = settings, .classes = {}, .images_digest = 0};
  if (settings.threads == 0) record.settings.threads = at::get_num_threads();
  const Dataset dataset = ReadDataset(settings.data);
  record.classes = dataset.classes;
  record.images_digest = DigestOf(dataset);
  MakeOutputFolder(settings.output);
  const FolderLock lock(settings.output);
  RefuseIfRun(settings.output);  // begun since
  Prepare(record.settings);
  WriteRunRecord(record);
  return Run(record, dataset, out).Continue();
}

int ResumeRun(const std::filesystem::path& folder, std::ostream& out) {
  const RunRecord record = ReadRunRecord(folder);
  const FolderLock lock(folder);
  const Dataset dataset = ReadDataset(record.settings.data);
  if (DigestOf(dataset) != record.images_digest || dataset.classes != record.classes) {
    throw std::runtime_error(record.settings.data.string() + ": the images are not those that " + folder.string() +
                             " was started with");
  }
  Prepare(record.settings);
  Run run(record, dataset, out);
  run.RestoreIfSaved();
  return run.Continue();
}

}  // namespace elu_lab
