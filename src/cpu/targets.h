// The instruction set in use: our own choice, apart from the one that Highway keeps for the whole process.
// Include at the end of a file that ELU_EXPORTs kernels.
#ifndef ELU_SRC_CPU_TARGETS_H_
#define ELU_SRC_CPU_TARGETS_H_

#include "src/cpu/disabled-targets.h"

#include <hwy/targets.h>

#include <cstddef>

#include "src/cpu/dispatch.h"

namespace elu::cpu {

// The row of the choice in a table of ELU_EXPORT; made at the first call: ELU_TARGET of the environment if this machine
// has it, else the best there is.
std::size_t ActiveRow();

// The targets that this machine can run, best first, as bits of Highway's; and their number.
constexpr std::size_t kMaxTargets = 16;
std::size_t AvailableTargets(long long (&targets)[kMaxTargets]);

const char* ActiveTargetName();

// False, and nothing changed, if no available target has this name. nullptr stands for the best one.
bool ForceTarget(const char* name);

}  // namespace elu::cpu

// The form of an ELU_EXPORTed function for the active target.
#define ELU_DISPATCH(function) ELU_TABLE(function)[::elu::cpu::ActiveRow()]

#endif  // ELU_SRC_CPU_TARGETS_H_
