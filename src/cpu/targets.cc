#include "src/cpu/targets.h"

#include <cstdlib>
#include <cstring>

#include "src/cpu/processor.h"

namespace elu::cpu {
namespace {

// The best target is the lowest bit.
long long Lowest(long long targets) { return targets & -targets; }

// Remembered: asking the processor is slow on virtual machines.
long long Supported() {
  static const long long supported = RunnableTargets() & HWY_TARGETS;
  return supported;
}

// Highway's functions pick the lowest bit, so one bit forces a target and all bits leave the choice to them.
long long TargetsNamed(const char* name) {
  const long long supported = Supported();
  if (name == nullptr) return supported;
  for (long long rest = supported; rest != 0; rest &= rest - 1) {
    if (std::strcmp(hwy::TargetName(Lowest(rest)), name) == 0) return Lowest(rest);
  }
  return 0;
}

// The first call chooses; it ends before any other can choose, so that ForceTarget never loses to it.
hwy::ChosenTarget& Chosen() {
  static hwy::ChosenTarget chosen;
  [[maybe_unused]] static const bool first_choice = [] {
    const long long wanted = TargetsNamed(std::getenv("ELU_TARGET"));
    chosen.Update(wanted != 0 ? wanted : Supported());
    return true;
  }();
  return chosen;
}

}  // namespace

const hwy::ChosenTarget& ActiveTarget() { return Chosen(); }

std::size_t AvailableTargets(long long (&targets)[kMaxTargets]) {
  std::size_t count = 0;
  for (long long rest = Supported(); rest != 0 && count < kMaxTargets; rest &= rest - 1) {
    targets[count++] = Lowest(rest);
  }
  return count;
}

const char* ActiveTargetName() {
  const size_t index = ActiveTarget().GetIndex();
  for (long long rest = Supported(); rest != 0; rest &= rest - 1) {
    hwy::ChosenTarget probe;
    probe.Update(Lowest(rest));
    if (probe.GetIndex() == index) return hwy::TargetName(Lowest(rest));
  }
  return hwy::TargetName(HWY_STATIC_TARGET);
}

bool ForceTarget(const char* name) {
  const long long targets = TargetsNamed(name);
  if (targets == 0) return false;
  Chosen().Update(targets);
  return true;
}

}  // namespace elu::cpu
