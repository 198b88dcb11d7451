// A function's forms for all targets, one table each. As Highway's HWY_EXPORT, which needs Highway's library besides:
// the choice that this keeps for the whole process is not elu's. Include it after <hwy/highway.h>, where HWY_ONCE
// holds.
#ifndef ELU_SRC_CPU_DISPATCH_H_
#define ELU_SRC_CPU_DISPATCH_H_

#include <hwy/highway.h>

#include <cstddef>
#include <cstring>

#define ELU_TABLE(function) function##Table

// Row 0 of Highway's tables stands for none chosen, and is unused. A file that is built for one target has one row.
#if (HWY_TARGETS & (HWY_TARGETS - 1)) == 0
#define ELU_EXPORT(function)                                                              \
  static decltype(&HWY_STATIC_DISPATCH(function)) const ELU_TABLE(function)[] = {nullptr, \
                                                                                 &HWY_STATIC_DISPATCH(function)}
#else
#define ELU_EXPORT(function)                                                      \
  static decltype(&HWY_STATIC_DISPATCH(function)) const ELU_TABLE(function)[] = { \
      nullptr, HWY_CHOOSE_TARGET_LIST(function), HWY_CHOOSE_FALLBACK(function)}
#endif

namespace elu::cpu {

// The row of a target in such a table.
inline std::size_t RowOf(long long target) {
  if constexpr ((HWY_TARGETS & (HWY_TARGETS - 1)) == 0) return 1;
  hwy::ChosenTarget chosen;
  chosen.Update(target);
  return chosen.GetIndex();
}

// The best target is the lowest bit.
constexpr long long Lowest(long long targets) { return targets & -targets; }

// The one of these targets that has this name; 0 if none.
inline long long TargetNamed(const char* name, long long targets) {
  for (; targets != 0; targets &= targets - 1) {
    if (std::strcmp(hwy::TargetName(Lowest(targets)), name) == 0) return Lowest(targets);
  }
  return 0;
}

}  // namespace elu::cpu

#endif  // ELU_SRC_CPU_DISPATCH_H_
