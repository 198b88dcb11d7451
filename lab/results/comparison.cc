#include "lab/results/comparison.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace elu_lab {

bool SameNetwork(const Variant& a, const Variant& b) {
  const bool same_alpha = a.alpha == b.alpha || (std::isnan(a.alpha) && std::isnan(b.alpha));
  return same_alpha && a.activation == b.activation && a.norm == b.norm;
}

bool ComparedRun::Complete() const {
  if (diverged) return true;
  return !epochs.empty() && !std::isnan(epochs.back().train_loss) && !std::isnan(epochs.back().test_accuracy);
}

std::vector<Timing> Comparison::Timings() const {
  std::vector<Timing> timings = timed_apart;
  if (!step_times.empty()) timings.insert(timings.begin(), {machine, step_times});
  return timings;
}

std::vector<Machine> Comparison::Machines() const {
  std::vector<Machine> machines;
  for (const ComparedRun& run : runs) {
    const bool told = run.machine && std::ranges::find(machines, *run.machine) == machines.end();
    if (told) machines.push_back(*run.machine);
  }
  return machines.empty() ? std::vector{machine} : machines;
}

const EpochOfRun* Comparison::LastEpoch(const ComparedRun& run) const {
  const bool whole = !run.diverged && !run.epochs.empty() && run.epochs.back().epoch == settings.epochs;
  return whole ? &run.epochs.back() : nullptr;
}

double Comparison::ThresholdOf(const std::string& claim, const std::string& name) const {
  for (const ClaimThresholds& of_claim : thresholds) {
    for (const Threshold& threshold : of_claim.numbers) {
      if (of_claim.claim == claim && threshold.name == name) return threshold.number;
    }
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace elu_lab
