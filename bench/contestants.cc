#include "bench/contestants.h"

namespace bench {

std::vector<Contestant> AllContestants(bool start_interpreted) {
  std::vector<Contestant> list;
  AddOurs(&list);
  AddBaselines(&list);
  for (const Contestant& contestant : std::vector(list)) {
    if (contestant.name.starts_with("elu") || contestant.name == "memcpy") list.push_back(OnTwoThreads(contestant));
  }
  AddObjects(&list);
  AddInterpreted(start_interpreted, &list);
  return list;
}

}  // namespace bench
