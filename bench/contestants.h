// Who takes part.
#ifndef ELU_BENCH_CONTESTANTS_H_
#define ELU_BENCH_CONTESTANTS_H_

#include <vector>

#include "contestant.h"

namespace bench {

void AddOurs(std::vector<Contestant>* list);         // ours.cc: elu's own kernels
void AddBaselines(std::vector<Contestant>* list);    // baselines.cc: memcpy, two ReLUs, a loop over std::expm1
void AddObjects(std::vector<Contestant>* list);      // objects.cc: the peers in shared objects beside the program
void AddInterpreted(std::vector<Contestant>* list);  // interpreted.cc: the peers reached through Python

Contestant OnTwoThreads(const Contestant& contestant);  // two_threads.cc: takes part only where it is named

// All of them, the absent too.
inline std::vector<Contestant> AllContestants() {
  std::vector<Contestant> list;
  AddOurs(&list);
  AddBaselines(&list);
  for (const Contestant& contestant : std::vector(list)) list.push_back(OnTwoThreads(contestant));
  AddObjects(&list);
  AddInterpreted(&list);
  return list;
}

}  // namespace bench

#endif  // ELU_BENCH_CONTESTANTS_H_
