// Work shared out to threads, which only programs and tests start.
#ifndef ELU_SRC_PROOF_PARALLEL_H_
#define ELU_SRC_PROOF_PARALLEL_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace elu::proof {

// work(begin, end) on blocks of [0, n). What a block throws ends the work, and is thrown here when all threads ended.
template <class Work>
void InParallel(std::size_t n, std::size_t block, unsigned threads, const Work& work) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr failure;
  const auto take = [&] {
    try {
      for (std::size_t begin; (begin = next.fetch_add(block)) < n;) work(begin, std::min(n, begin + block));
    } catch (...) {
      const std::scoped_lock lock(mutex);
      failure = std::current_exception();
      next = n;
    }
  };
  std::vector<std::thread> others;
  others.reserve(std::max(1U, threads) - 1);
  try {
    while (others.size() + 1 < threads) others.emplace_back(take);
  } catch (const std::exception&) {
    // The system gives no more threads, or no memory for one: those there are do the work.
  }
  take();
  for (std::thread& other : others) other.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace elu::proof

#endif  // ELU_SRC_PROOF_PARALLEL_H_
