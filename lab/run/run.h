// The training of a run: epoch after epoch, each tested and saved.
#ifndef ELU_LAB_RUN_RUN_H_
#define ELU_LAB_RUN_RUN_H_

#include <functional>
#include <string>
#include <vector>

#include "lab/checkpoint/model.h"
#include "lab/data/dataset.h"
#include "lab/files/run_record.h"
#include "lab/measure/test.h"
#include "lab/results/comparison.h"
#include "lab/training/trainer.h"
#include "program/clock.h"
#include "program/progress.h"

namespace elu_lab {

// What else is done in a run.
struct RunHooks {
  // After each test, which then measures the layers too: adds to what the epoch came to. May put the network into
  // either mode and fill its gradients.
  std::function<void(const Evaluation& test, ConvNet& network, EpochOfRun& epoch)> probe;
  // After each epoch that is tested; `left`: the time that the run still takes.
  std::function<void(const EpochOfRun& epoch, const std::string& left)> report;
  std::string title;  // before the progress
};

// Threads, kernel and signals, as a run needs them.
void PrepareFor(const RunSettings& settings);

class Run {
 public:
  // The data set must outlive the run.
  Run(const RunRecord& record, const Dataset& dataset, RunHooks hooks);

  // Takes up state.safetensors, if it is there. Throws std::runtime_error naming the file where it does not fit.
  void RestoreIfSaved();

  // Trains to the end and saves after each epoch; false where a signal ended it early, everything saved. Throws
  // Diverged when a loss, the test's too, is no longer finite.
  bool Continue();

  const std::vector<EpochOfRun>& Epochs() const { return epochs_; }  // that are done
  const Trainer& Training() const { return trainer_; }
  ConvNet& Network() { return model_.network; }

 private:
  bool TrainEpoch();
  bool TestEpoch();
  void Save() const;
  void WriteMetrics() const;
  void ShowStep(double loss);
  std::string TimeLeft() const;

  RunSettings settings_;
  const Dataset& dataset_;
  RunHooks hooks_;
  Model model_;
  Trainer trainer_;
  std::vector<EpochOfRun> epochs_;
  double seconds_ = 0;  // that the epoch under way has been trained for
  program::ProgressLine line_;
  const program::Clock::time_point start_ = program::Clock::now();
  int64_t first_step_ = 0;  // of this process
};

}  // namespace elu_lab

#endif  // ELU_LAB_RUN_RUN_H_
