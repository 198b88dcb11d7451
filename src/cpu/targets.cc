#include "src/cpu/targets.h"

#include <atomic>
#include <cstdlib>

#include "src/cpu/processor.h"

namespace elu::cpu {
namespace {

// Plain atomics in place of static variables that a lock guards: two first calls at once compute the same.
constinit std::atomic<long long> supported_targets{0};
constinit std::atomic<std::size_t> active_row{0};  // 0: nothing chosen yet

// Remembered: asking the processor is slow on virtual machines.
long long Supported() {
  long long supported = supported_targets.load(std::memory_order_relaxed);
  if (supported == 0) {
    supported = RunnableTargets() & HWY_TARGETS;
    supported_targets.store(supported, std::memory_order_relaxed);
  }
  return supported;
}

// Not inlined: every call passes by.
[[gnu::noinline, gnu::cold]] std::size_t ChooseRow() {
  const char* name = std::getenv("ELU_TARGET");
  const long long wanted = name != nullptr ? TargetNamed(name, Supported()) : 0;
  const std::size_t row = RowOf(wanted != 0 ? wanted : Lowest(Supported()));
  std::size_t chosen = 0;  // unless ForceTarget was quicker, which must not lose to a first call
  return active_row.compare_exchange_strong(chosen, row, std::memory_order_relaxed) ? row : chosen;
}

}  // namespace

std::size_t ActiveRow() {
  const std::size_t row = active_row.load(std::memory_order_relaxed);
  return row != 0 ? row : ChooseRow();
}

std::size_t AvailableTargets(long long (&targets)[kMaxTargets]) {
  std::size_t count = 0;
  for (long long rest = Supported(); rest != 0 && count < kMaxTargets; rest &= rest - 1) {
    targets[count++] = Lowest(rest);
  }
  return count;
}

const char* ActiveTargetName() {
  const std::size_t row = ActiveRow();
  for (long long rest = Supported(); rest != 0; rest &= rest - 1) {
    if (RowOf(Lowest(rest)) == row) return hwy::TargetName(Lowest(rest));
  }
  return hwy::TargetName(HWY_STATIC_TARGET);
}

bool ForceTarget(const char* name) {
  const long long target = name != nullptr ? TargetNamed(name, Supported()) : Lowest(Supported());
  if (target == 0) return false;
  active_row.store(RowOf(target), std::memory_order_relaxed);
  return true;
}

}  // namespace elu::cpu
