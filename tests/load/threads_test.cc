// Calls from many threads at once, while another one forces instruction sets. Run under ThreadSanitizer by
// `make sanitize-threads`.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/bits.h"
#include "tests/support/laws.h"

namespace elu::tests {
namespace {

constexpr int kThreads = 64;

// work(i) on kThreads threads, i from 0 on, which begin at once.
void AtOnce(const std::function<void(int)>& work) {
  std::latch ready(kThreads);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      ready.arrive_and_wait();
      work(i);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

// Forces every instruction set, again and again, for the life of the object.
class Forcing {
 public:
  ~Forcing() {
    done_ = true;
    thread_.join();
    elu_set_target(nullptr);
  }
  long Times() const { return times_; }

 private:
  std::atomic<bool> done_ = false;
  std::atomic<long> times_ = 0;
  std::thread thread_{[this] {
    const std::vector<std::string> targets = Targets();
    while (!done_) elu_set_target(targets[static_cast<std::size_t>(++times_) % targets.size()].c_str());
  }};
};

// First in this file, since the first call of a process chooses the instruction set.
TEST(Threads, TheFirstCallOf64AtOnce) {
  const std::vector<float> x = NumberType<float, float>::Mixed(1000, 1);
  std::vector<std::vector<float>> results(kThreads, std::vector<float>(x.size()));
  std::vector<std::string> targets(kThreads);
  AtOnce([&](int i) {
    std::vector<float>& y = results[static_cast<std::size_t>(i)];
    if (i % 2 == 0) targets[static_cast<std::size_t>(i)] = elu_target();
    elu_forward_f32(x.data(), y.data(), y.size(), nullptr, ELU_FAST);
  });
  std::vector<float> expected(x.size());
  elu_forward_f32(x.data(), expected.data(), expected.size(), nullptr, ELU_FAST);
  for (const auto& result : results) EXPECT_TRUE((NumberType<float, float>::Same(result, expected)));
  for (std::size_t i = 0; i < kThreads; i += 2) EXPECT_EQ(targets[i], elu_target());
}

// Whether a call gives what it gave on one thread: the bits of one of the targets that may be in use.
using Check = std::function<bool()>;

std::vector<Check> Checks(const std::vector<std::string>& targets) {
  std::vector<Check> checks;
  ForEachLaw([&]<class Type>(const Law<Type>& law) {
    const Data<Type> data(501);
    std::vector<std::vector<typename Type::T>> expected;
    for (const std::string& target : targets) {
      const WithTarget forced(target);
      expected.push_back(data.Whole(law));
    }
    checks.push_back([=] {
      const auto result = data.Whole(law);
      return std::ranges::any_of(expected, [&](const auto& bits) { return Type::Same(result, bits); });
    });
  });
  return checks;
}

// Each thread begins at another check, so that different ones meet.
int Failures(const std::vector<Check>& checks) {
  std::atomic<int> failures = 0;
  AtOnce([&](int thread) {
    for (std::size_t i = 0; i < checks.size(); ++i) {
      const std::size_t begin = static_cast<std::size_t>(thread) * checks.size() / kThreads;
      if (!checks[(begin + i) % checks.size()]()) ++failures;
    }
  });
  return failures;
}

TEST(Threads, ResultsAreThoseOfOneThread) { EXPECT_EQ(Failures(Checks({elu_target()})), 0); }

// A call runs on one target from its beginning to its end, whatever is forced meanwhile.
TEST(Threads, ForcingTargetsDisturbsNoCall) {
  const std::vector<Check> checks = Checks(Targets());
  const Forcing forcing;
  EXPECT_EQ(Failures(checks), 0);
  EXPECT_GT(forcing.Times(), 100);
}

}  // namespace
}  // namespace elu::tests
