// Who takes part.
#ifndef ELU_BENCH_CONTESTANTS_H_
#define ELU_BENCH_CONTESTANTS_H_

#include <vector>

#include "bench/contestant.h"

namespace bench {

// All of them, the absent too. Those that are reached through Python are absent unless they are to be started.
std::vector<Contestant> AllContestants(bool start_interpreted);

void AddOurs(std::vector<Contestant>* list);       // ours.cc: elu's own kernels
void AddBaselines(std::vector<Contestant>* list);  // baselines.cc: memcpy, two ReLUs, a loop over std::expm1
void AddObjects(std::vector<Contestant>* list);    // objects.cc: the peers in shared objects beside the program
void AddInterpreted(bool start, std::vector<Contestant>* list);  // interpreted.cc: those reached through Python

// two_threads.cc: the same on two threads; takes part only in comparisons that name it.
Contestant OnTwoThreads(const Contestant& contestant);

}  // namespace bench

#endif  // ELU_BENCH_CONTESTANTS_H_
