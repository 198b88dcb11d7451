// The instruction set in use: our own choice, apart from the one that Highway keeps for the whole process.
// Include at the end of a file that HWY_EXPORTs kernels.
#ifndef ELU_SRC_CPU_TARGETS_H_
#define ELU_SRC_CPU_TARGETS_H_

#include "src/cpu/disabled-targets.h"

#include <hwy/targets.h>

#include <cstddef>

namespace elu::cpu {

// The choice; made at the first call: ELU_TARGET of the environment if this machine has it, else the best there is.
const hwy::ChosenTarget& ActiveTarget();

// The targets that this machine can run, best first, as bits of Highway's; and their number.
constexpr std::size_t kMaxTargets = 16;
std::size_t AvailableTargets(long long (&targets)[kMaxTargets]);

const char* ActiveTargetName();

// False, and nothing changed, if no available target has this name. nullptr stands for the best one.
bool ForceTarget(const char* name);

}  // namespace elu::cpu

// The function that HWY_EXPORT(function) made for the active target. A file built for one target has no choice.
#if (HWY_TARGETS & (HWY_TARGETS - 1)) == 0
#define ELU_DISPATCH(function) HWY_DISPATCH_TABLE(function)[0]
#else
#define ELU_DISPATCH(function) HWY_DISPATCH_TABLE(function)[::elu::cpu::ActiveTarget().GetIndex()]
#endif

#endif  // ELU_SRC_CPU_TARGETS_H_
