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

// Of the target of that name, which must be one that elu_targets lists.
inline std::size_t RowOf(const char* name) {
  long long target = HWY_STATIC_TARGET;
  for (long long rest = HWY_TARGETS; rest != 0; rest &= rest - 1) {
    if (std::strcmp(hwy::TargetName(rest & -rest), name) == 0) target = rest & -rest;
  }
  return RowOf(target);
}

}  // namespace elu::cpu

#endif  // ELU_SRC_CPU_DISPATCH_H_
