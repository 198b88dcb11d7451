// Threads for large arrays. They live as long as a call, so that a fork between calls finds none.
#ifndef ELU_PYTHON_PARALLEL_H_
#define ELU_PYTHON_PARALLEL_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <system_error>
#include <thread>
#include <vector>

namespace elu::python {

// The most threads that a call uses; at first one for each processor that this process may run on.
inline std::atomic<unsigned> num_threads{std::max(1U, std::thread::hardware_concurrency())};

// Elements for which starting one more thread pays: that takes some 50 us, computing them 55 us (binary16) to 220 us
// (double).
inline constexpr std::size_t kElementsPerThread = std::size_t{1} << 18;
inline constexpr std::size_t kBlock = std::size_t{1} << 16;  // what a thread takes at a time

// work(begin, end) on ranges that make up [0, n). It must not throw.
template <class Work>
void InParallel(std::size_t n, const Work& work) {
  const std::size_t threads = std::min<std::size_t>(num_threads, n / kElementsPerThread);
  if (threads < 2) return work(0, n);
  std::atomic<std::size_t> next = 0;
  const auto take = [&] {
    for (std::size_t begin; (begin = next.fetch_add(kBlock)) < n;) work(begin, std::min(n, begin + kBlock));
  };
  std::vector<std::jthread> others;
  others.reserve(threads - 1);
  try {
    while (others.size() < threads - 1) others.emplace_back(take);
  } catch (const std::system_error&) {
    // The system gives no more threads: those there are do the work.
  }
  take();
}

}  // namespace elu::python

#endif  // ELU_PYTHON_PARALLEL_H_
