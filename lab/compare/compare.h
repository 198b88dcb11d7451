// `elu-lab compare`: a grid of trainings with its folder, which several processes may share, each with a shard, and
// which holds
//   plan.json                 what it was begun with, and the thresholds of the verdicts
//   runs/NAME-seedN           one folder a training: what `elu-lab train` keeps, and result.json once it is complete
//   results.json, report.html what it has come to, anew after each run
#ifndef ELU_LAB_COMPARE_COMPARE_H_
#define ELU_LAB_COMPARE_COMPARE_H_

#include <iosfwd>

#include "lab/settings.h"

namespace elu_lab {

// Begins the comparison, or goes on with it where the folder holds it: trains the runs of the shard, and writes the
// results of all runs that are complete. Those of all runs will be those of one process that never stopped, bit for
// bit, but for times. The last shard also measures the times of steps and the
// initialisation. `out` gets a line a run and a table at the end. Returns 0, or 128 and a signal's number if that ended
// it early, everything saved, or 1 if another process still trains runs of the shard. Throws std::exception with one
// line for people, also if the folder holds another comparison.
int Compare(const CompareSettings& settings, std::ostream& out);

}  // namespace elu_lab

#endif  // ELU_LAB_COMPARE_COMPARE_H_
