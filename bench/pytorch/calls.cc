// Times of at::elu as libtorch programs call it, on PyTorch's kernels and on elu's, as one JSON object:
//   {"256 floats": {"PyTorch": [ns, ...], "elu, accurate": [...], "elu, fast": [...]}, ...}
// in nanoseconds a call, by round. From C++, since Python alone takes longer than a call on 256 floats. One thread; the
// kernels take turns.
//
//     elu-bench-calls [ROUNDS]
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "elu/torch.hpp"

namespace {

using Clock = std::chrono::steady_clock;

struct Kernels {
  const char* name;
  std::function<void()> choose;
};

const std::vector<Kernels> kKernels = {
    {"PyTorch", [] { elu::torch::disable(); }},
    {"elu, accurate", [] { elu::torch::enable(elu::Accuracy::accurate); }},
    {"elu, fast", [] { elu::torch::enable(elu::Accuracy::fast); }},
};

struct Case {
  const char* name;
  int repetitions;
  std::function<void()> prepare, call;
};

std::vector<Case> Cases() {
  at::Tensor small = at::randn({256}), changed = small.clone(), large = at::randn({1 << 18});
  at::Tensor out = at::empty_like(large);
  return {
      {"256 floats", 2000, [] {}, [=] { at::elu(small); }},
      // Applied again and again, negative numbers draw near to 0, which changes no kernel's time.
      {"256 floats, in place", 2000, [=]() mutable { changed.copy_(small); }, [=]() mutable { at::elu_(changed); }},
      {"256 Ki floats, out=", 8, [] {}, [=]() mutable { at::elu_out(out, large); }},
  };
}

double Nanoseconds(const Case& c) {
  c.prepare();
  c.call();
  const auto start = Clock::now();
  for (int i = 0; i < c.repetitions; ++i) c.call();
  return std::chrono::duration<double, std::nano>(Clock::now() - start).count() / c.repetitions;
}

std::string List(const std::vector<double>& values) {
  std::string text;
  for (const double value : values) text += (text.empty() ? "[" : ", ") + std::to_string(value);
  return text + "]";
}

std::string Measure(const Case& c, int rounds) {
  std::vector<std::vector<double>> times(kKernels.size());
  for (int round = 0; round < rounds; ++round) {
    for (size_t k = 0; k < kKernels.size(); ++k) {
      kKernels[k].choose();
      times[k].push_back(Nanoseconds(c));
    }
  }
  std::string text = std::string("  \"") + c.name + "\": {";
  for (size_t k = 0; k < kKernels.size(); ++k) {
    text += std::string(k == 0 ? "" : ", ") + "\"" + kKernels[k].name + "\": " + List(times[k]);
  }
  return text + "}";
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 100;
  if (argc > 2 || rounds < 1) {
    std::fputs("usage: elu-bench-calls [ROUNDS]\n", stderr);
    return 2;
  }
  const c10::InferenceMode inference;
  at::set_num_threads(1);
  at::manual_seed(0);
  std::string text;
  for (const Case& c : Cases()) text += (text.empty() ? "{\n" : ",\n") + Measure(c, rounds);
  std::printf("%s\n}\n", text.c_str());
  return 0;
}
