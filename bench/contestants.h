// Who takes part.
#ifndef ELU_BENCH_CONTESTANTS_H_
#define ELU_BENCH_CONTESTANTS_H_

#include <vector>

#include "contestant.h"

namespace bench {

void AddOurs(std::vector<Contestant>* list);         // ours.cc: elu's own kernels, on one thread and on two
void AddBaselines(std::vector<Contestant>* list);    // baselines.cc: memcpy, two ReLUs, a loop over std::expm1
void AddObjects(std::vector<Contestant>* list);      // objects.cc: the peers in shared objects beside the program
void AddInterpreted(std::vector<Contestant>* list);  // interpreted.cc: the peers reached through Python

// All of them, the absent too.
inline std::vector<Contestant> AllContestants() {
  std::vector<Contestant> list;
  AddOurs(&list);
  AddBaselines(&list);
  AddObjects(&list);
  AddInterpreted(&list);
  return list;
}

}  // namespace bench

#endif  // ELU_BENCH_CONTESTANTS_H_
