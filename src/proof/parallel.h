// Work shared out to threads, which only programs and tests start.
#ifndef ELU_SRC_PROOF_PARALLEL_H_
#define ELU_SRC_PROOF_PARALLEL_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <system_error>
#include <thread>
#include <vector>

namespace elu::proof {

// work(begin, end) on blocks of [0, n). It must not throw.
template <class Work>
void InParallel(std::size_t n, std::size_t block, unsigned threads, const Work& work) {
  std::atomic<std::size_t> next = 0;
  const auto take = [&] {
    for (std::size_t begin; (begin = next.fetch_add(block)) < n;) work(begin, std::min(n, begin + block));
  };
  std::vector<std::thread> others;
  others.reserve(std::max(1U, threads) - 1);
  try {
    while (others.size() + 1 < threads) others.emplace_back(take);
  } catch (const std::system_error&) {
    // The system gives no more: those there are do the work.
  }
  take();
  for (std::thread& other : others) other.join();
}

}  // namespace elu::proof

#endif  // ELU_SRC_PROOF_PARALLEL_H_
