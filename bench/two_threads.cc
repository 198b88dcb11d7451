// Contestants on two threads.
#include <thread>

#include "bench/contestants.h"
#include "bench/dtypes.h"

namespace bench {
namespace {

const std::byte* After(const void* array, size_t bytes) {
  return array == nullptr ? nullptr : static_cast<const std::byte*>(array) + bytes;
}

// Each of two threads, one of them started for the call, takes one half.
Call PrepareTwo(const Contestant& contestant, const Task& task, const Arrays& arrays) {
  const size_t half = arrays.n / 2, bytes = half * Size(task.dtype);
  const Call first = contestant.prepare(task, {arrays.x, arrays.dy, arrays.y, half});
  const Call second = contestant.prepare(task, {After(arrays.x, bytes), After(arrays.dy, bytes),
                                                static_cast<std::byte*>(arrays.y) + bytes, arrays.n - half});
  if (!first.run) return {};
  return {[=] {
    std::jthread other(second.run);
    first.run();
  }};
}

}  // namespace

Contestant OnTwoThreads(const Contestant& contestant) {
  return {contestant.name + ", 2 threads", contestant.version,
          [contestant](const Task& task, const Arrays& arrays) { return PrepareTwo(contestant, task, arrays); }, "",
          true};
}

}  // namespace bench
