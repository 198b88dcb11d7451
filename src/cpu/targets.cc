#include "cpu/targets.h"

#include <atomic>
#include <cstdlib>
#include <cstring>

namespace elu::cpu {
namespace {

// The best target is the lowest bit.
long long Lowest(long long targets) { return targets & -targets; }

// Remembered: asking the processor is slow on virtual machines.
long long Supported() {
  static std::atomic<long long> known = 0;
  long long targets = known.load(std::memory_order_relaxed);
  if (targets == 0) {
    targets = hwy::SupportedTargets() & HWY_TARGETS;
    if (targets == 0) targets = HWY_STATIC_TARGET;
    known.store(targets, std::memory_order_relaxed);  // threads that come first all store the same
  }
  return targets;
}

// Highway's functions pick the lowest bit, so one bit forces a target and all bits leave the choice to them.
long long TargetsNamed(const char* name) {
  const long long supported = Supported();
  if (name == nullptr || *name == '\0') return supported;
  for (long long rest = supported; rest != 0; rest &= rest - 1) {
    if (std::strcmp(hwy::TargetName(Lowest(rest)), name) == 0) return Lowest(rest);
  }
  return 0;
}

hwy::ChosenTarget& Chosen() {
  static hwy::ChosenTarget chosen;
  return chosen;
}

// Before anything else could have chosen: of threads that come together one chooses, and no choice made meanwhile by
// ForceTarget is lost.
void ChooseFirst() {
  static const bool done = [] {
    const long long wanted = TargetsNamed(std::getenv("ELU_TARGET"));
    Chosen().Update(wanted != 0 ? wanted : Supported());
    return true;
  }();
  (void)done;
}

}  // namespace

const hwy::ChosenTarget& ActiveTarget() {
  ChooseFirst();
  return Chosen();
}

std::size_t AvailableTargets(long long (&targets)[kMaxTargets]) {
  std::size_t count = 0;
  for (long long rest = Supported(); rest != 0 && count < kMaxTargets; rest &= rest - 1) targets[count++] = Lowest(rest);
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
  ChooseFirst();
  Chosen().Update(targets);
  return true;
}

}  // namespace elu::cpu
