// A function's forms for all targets, one table each. As Highway's HWY_EXPORT, which needs Highway's library besides:
// the choice that this keeps for the whole process is not elu's. Include it after <hwy/highway.h>, where HWY_ONCE
// holds.
#ifndef ELU_SRC_CPU_DISPATCH_H_
#define ELU_SRC_CPU_DISPATCH_H_

#include <hwy/highway.h>

#include <cstddef>
#include <cstring>

#define ELU_TABLE(function) function##Table

// A file that is built for one target has one row. Row 0 is for none chosen in Highway's tables, and unused.
#if (HWY_TARGETS & (HWY_TARGETS - 1)) == 0
#define ELU_EXPORT(function) \
  static decltype(&HWY_STATIC_DISPATCH(function)) const ELU_TABLE(function)[] = {&HWY_STATIC_DISPATCH(function)}
#define ELU_ROW(chosen) \
  std::size_t { 0 }
#else
#define ELU_EXPORT(function)                                                                                 \
  static decltype(&HWY_STATIC_DISPATCH(function)) const ELU_TABLE(function)[HWY_MAX_DYNAMIC_TARGETS + 2] = { \
      nullptr, HWY_CHOOSE_TARGET_LIST(function), HWY_CHOOSE_FALLBACK(function)}
#define ELU_ROW(chosen) (chosen).GetIndex()
#endif

namespace elu::cpu {

// The row of the target of that name, which must be one that elu_targets lists.
inline std::size_t RowOf(const char* name) {
  hwy::ChosenTarget chosen;
  for (long long rest = HWY_TARGETS; rest != 0; rest &= rest - 1) {
    if (std::strcmp(hwy::TargetName(rest & -rest), name) == 0) chosen.Update(rest & -rest);
  }
  return ELU_ROW(chosen);
}

}  // namespace elu::cpu

#endif  // ELU_SRC_CPU_DISPATCH_H_
