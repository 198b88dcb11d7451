#include "torch/switch.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "elu/torch.hpp"

namespace elu::torch {
namespace {

constexpr std::size_t kCacheLine = 64;

// Whether switched on, and, kept while off, the accuracy: two bits of one number, so that a call sees both of one time.
constexpr int kOn = 1, kFast = 2;
alignas(kCacheLine) std::atomic<int> state{0};

// Threads count apart, so that small calls on many threads do not wait for one another's cache line.
struct alignas(kCacheLine) Count {
  std::atomic<std::uint64_t> handled{0}, passed_on{0};
};
std::array<Count, 16> counts;

Count& CountOfThread() {
  static std::atomic<std::size_t> threads{0};
  thread_local Count& count = counts[threads.fetch_add(1, std::memory_order_relaxed) % counts.size()];
  return count;
}

}  // namespace

void SwitchOn(elu_accuracy accuracy) {
  state.store(kOn | (accuracy == ELU_FAST ? kFast : 0), std::memory_order_release);
}

std::optional<elu_accuracy> Active() {
  const int now = state.load(std::memory_order_acquire);
  if ((now & kOn) == 0) return std::nullopt;
  return (now & kFast) != 0 ? ELU_FAST : ELU_ACCURATE;
}

void CountHandled() { CountOfThread().handled.fetch_add(1, std::memory_order_relaxed); }

void CountPassedOn() { CountOfThread().passed_on.fetch_add(1, std::memory_order_relaxed); }

void disable() { state.fetch_and(~kOn, std::memory_order_release); }

bool enabled() { return Active().has_value(); }

Accuracy accuracy() {
  return (state.load(std::memory_order_acquire) & kFast) != 0 ? Accuracy::fast : Accuracy::accurate;
}

Calls calls() {
  Calls sum = {};
  for (const Count& count : counts) {
    sum.handled += count.handled.load(std::memory_order_relaxed);
    sum.passed_on += count.passed_on.load(std::memory_order_relaxed);
  }
  return sum;
}

}  // namespace elu::torch
