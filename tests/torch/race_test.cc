// The switch, turned by threads while others run forward and backward.
#include <algorithm>
#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include "tests/torch/tensors.h"

namespace elu::tests {
namespace {

struct Results {
  Tensor y, dx;
};

// On tensors of the calling thread alone.
Results ForwardAndBackward() {
  const Tensor x = Values({2000}).requires_grad_();
  const Tensor y = at::elu(x);
  y.sum().backward();
  return {y.detach(), x.grad()};
}

using States = std::array<Results, 3>;

// What each state of the switch gives: off, accurate, fast.
States AllStates() {
  torch::enable(Accuracy::fast);
  const Results fast = ForwardAndBackward();
  torch::enable();
  const Results accurate = ForwardAndBackward();
  torch::disable();
  return {ForwardAndBackward(), accurate, fast};
}

bool IsOneOf(const Tensor& tensor, const States& states, Tensor Results::*which) {
  return std::ranges::any_of(states, [&](const Results& state) { return SameTensors(tensor, state.*which); });
}

// A call computes as the switch stood at one time; so do forward and backward, each at its own.
TEST_F(DropIn, SwitchingWhileOthersCompute) {
  const States states = AllStates();
  ASSERT_FALSE(SameTensors(states[0].y, states[1].y));
  ASSERT_FALSE(SameTensors(states[1].y, states[2].y));
  std::atomic<bool> stop = false;
  std::atomic<int> wrong = 0;
  const auto switching = [&stop] {
    for (int i = 0; !stop; ++i) {
      i % 3 == 0 ? torch::disable() : torch::enable(i % 3 == 1 ? Accuracy::fast : Accuracy::accurate);
    }
  };
  const auto computing = [&] {
    for (int i = 0; i < 500; ++i) {
      const Results found = ForwardAndBackward();
      wrong += IsOneOf(found.y, states, &Results::y) && IsOneOf(found.dx, states, &Results::dx) ? 0 : 1;
    }
  };
  std::vector<std::thread> switches, threads;
  for (int i = 0; i < 2; ++i) switches.emplace_back(switching);
  for (int i = 0; i < 4; ++i) threads.emplace_back(computing);
  for (std::thread& thread : threads) thread.join();
  stop = true;
  for (std::thread& thread : switches) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace elu::tests
