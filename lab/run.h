// The training of a run: epoch after epoch, each tested and saved.
#ifndef ELU_LAB_RUN_H_
#define ELU_LAB_RUN_H_

#include <iosfwd>
#include <nlohmann/json.hpp>
#include <string>

#include "clock.h"
#include "dataset.h"
#include "model.h"
#include "progress.h"
#include "run_record.h"
#include "training.h"

namespace elu_lab {

class Run {
 public:
  // The data set and `out`, which gets a line an epoch, must outlive the run.
  Run(const RunRecord& record, const Dataset& dataset, std::ostream& out);

  // Takes up state.safetensors, if it is there. Throws std::runtime_error naming the file where it does not fit.
  void RestoreIfSaved();

  // Returns 0, or 128 and the number of the signal that ended it early, everything saved.
  int Continue();

 private:
  bool TrainEpoch();
  bool TestEpoch();
  void Save() const;
  void WriteMetrics() const;
  void ShowStep(double loss);
  std::string TimeLeft() const;

  RunSettings settings_;
  const Dataset& dataset_;
  std::ostream& out_;
  Model model_;
  Trainer trainer_;
  nlohmann::ordered_json metrics_ = nlohmann::ordered_json::array();  // one object an epoch that is tested
  double seconds_ = 0;                                                // that the epoch under way has been trained for
  ProgressLine line_;
  const Clock::time_point start_ = Clock::now();
  int64_t first_step_ = 0;  // of this process
};

}  // namespace elu_lab

#endif  // ELU_LAB_RUN_H_
