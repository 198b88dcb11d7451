// What enable() and disable() turn: one atomic, which the kernels of the drop-in read; and the count of their calls.
#ifndef ELU_TORCH_SWITCH_H_
#define ELU_TORCH_SWITCH_H_

#include <optional>

#include "elu/elu.h"

namespace elu::torch {

void SwitchOn(elu_accuracy accuracy);

// The accuracy asked for while switched on; nothing while off.
std::optional<elu_accuracy> Active();

void CountHandled();
void CountPassedOn();

}  // namespace elu::torch

#endif  // ELU_TORCH_SWITCH_H_
