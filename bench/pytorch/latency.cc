// Latencies of single calls on 512 floats, the size of an audio block, as a Markdown table in nanoseconds: libtorch's
// at::elu_out on PyTorch's kernels and on elu's, and elu's C++ interface alone. One thread; the contestants take turns.
//
//     elu-bench-latency [CALLS]
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <span>
#include <vector>

#include "elu/elu.hpp"
#include "elu/torch.hpp"

namespace {

using Clock = std::chrono::steady_clock;

constexpr int64_t kFloats = 512;
constexpr std::size_t kTurn = 1000;  // calls of a contestant before the next one's

struct Contestant {
  const char* name;
  std::function<void()> choose, call;
  std::vector<std::uint32_t> nanoseconds = {};
};

std::vector<Contestant> Contestants() {
  const at::Tensor x = at::randn({kFloats});
  at::Tensor y = at::empty_like(x);
  const auto out = [=]() mutable { at::elu_out(y, x); };
  const auto alone = [=](elu::Accuracy accuracy) {
    const std::span<const float> in(x.const_data_ptr<float>(), kFloats);
    return [=] { elu::forward(in, std::span<float>(y.mutable_data_ptr<float>(), kFloats), {}, accuracy); };
  };
  return {
      {"at::elu_out, PyTorch", [] { elu::torch::disable(); }, out},
      {"at::elu_out, elu", [] { elu::torch::enable(elu::Accuracy::accurate); }, out},
      {"at::elu_out, elu, fast", [] { elu::torch::enable(elu::Accuracy::fast); }, out},
      {"elu::forward", [] {}, alone(elu::Accuracy::accurate)},
      {"elu::forward, fast", [] {}, alone(elu::Accuracy::fast)},
      {"nothing: two looks at the clock", [] {}, [] {}},
  };
}

void Turn(Contestant& contestant, std::size_t calls) {
  contestant.choose();
  contestant.call();
  for (std::size_t i = 0; i < calls; ++i) {
    const auto start = Clock::now();
    contestant.call();
    const auto took = std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start).count();
    contestant.nanoseconds.push_back(static_cast<std::uint32_t>(std::min<std::int64_t>(took, UINT32_MAX)));
  }
}

void Print(Contestant& contestant) {
  std::vector<std::uint32_t>& sorted = contestant.nanoseconds;
  std::sort(sorted.begin(), sorted.end());
  const std::size_t n = sorted.size();
  const auto at = [&](double part) { return sorted[static_cast<std::size_t>(part * static_cast<double>(n - 1))]; };
  std::printf("| %s | %u | %u | %u |\n", contestant.name, at(0.5), at(0.9999), sorted.back());
}

}  // namespace

int main(int argc, char** argv) {
  const long calls = argc > 1 ? std::atol(argv[1]) : 1'000'000;
  if (argc > 2 || calls < 1) {
    std::fputs("usage: elu-bench-latency [CALLS]\n", stderr);
    return 2;
  }
  const c10::InferenceMode inference;
  at::set_num_threads(1);
  at::manual_seed(0);
  std::vector<Contestant> contestants = Contestants();
  // Room, touched, so that no page is new while it is measured.
  for (Contestant& c : contestants) {
    c.nanoseconds.resize(static_cast<std::size_t>(calls));
    c.nanoseconds.clear();
  }
  for (std::size_t rest = static_cast<std::size_t>(calls); rest > 0; rest -= std::min(rest, kTurn)) {
    for (Contestant& c : contestants) Turn(c, std::min(rest, kTurn));
  }
  std::puts("| call on 512 floats | median, ns | 99.99 % | worst |\n|---|---|---|---|");
  for (Contestant& c : contestants) Print(c);
  return 0;
}
