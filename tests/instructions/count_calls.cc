// Calls every kernel through the C ABI once at each of two sizes, for callgrind, which writes the instructions of each
// call under a name as "512 alpha 1,forward,f32,accurate". Exit status 77 if the machine lacks AVX2.
#include <valgrind/callgrind.h>

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

#include "cli/kernel/dtype.h"
#include "cli/kernel/selection.h"
#include "elu/elu.h"

namespace {

using elu::cli::Kernel;

constexpr int kSkipped = 77;
// Multiples of one another and of what any loop takes at once, and of the sort that most calls are: kManyProducts at
// least.
constexpr std::size_t kSizes[] = {2048, 6144};

struct Set {
  const char* name;
  elu::Params params;
};
constexpr Set kSets[] = {{"alpha 1", {}}, {"general", {.alpha = 0.7, .scale = 1.3, .input_scale = 0.9}}};

// Numbers of both signs in [-3, 3), the same on every machine: multiples of the golden ratio, modulo 1. They repeat, so
// that the larger size does as often as the smaller what depends on the numbers.
std::vector<double> Numbers(double first) {
  std::vector<double> numbers;
  for (std::size_t i = 0; i < kSizes[1]; ++i) {
    const auto place = static_cast<double>(i % kSizes[0]);
    numbers.push_back(6.0 * std::fmod(first + place * 0.6180339887498949, 1.0) - 3.0);
  }
  return numbers;
}

void CountCalls(const Kernel& kernel, const Set& set) {
  const auto x = kernel.dtype->store(Numbers(0.0)), dy = kernel.dtype->store(Numbers(0.25));
  std::vector<std::byte> y(x.size()), out(x.size());
  const elu_params p = elu::detail::ToC(set.params);
  kernel.dtype->call(elu::FindFunction("forward"), nullptr, nullptr, x.data(), y.data(), kSizes[1], p, ELU_ACCURATE);
  const auto call = [&](std::size_t n) {
    const void* in = kernel.function->from_output ? y.data() : x.data();
    kernel.dtype->call(*kernel.function, y.data(), dy.data(), in, out.data(), n, p, kernel.accuracy);
  };
  call(kSizes[0]);  // the linker's first look for the function is not counted
  for (const std::size_t n : kSizes) {
    const std::string name = std::to_string(n) + " " + set.name + "," + kernel.function->name + "," +
                             kernel.dtype->option + "," + elu::cli::AccuracyName(kernel.accuracy);
    CALLGRIND_TOGGLE_COLLECT;
    call(n);
    CALLGRIND_TOGGLE_COLLECT;
    CALLGRIND_DUMP_STATS_AT(name.c_str());
  }
}

}  // namespace

int main() {
  if (elu_set_target("AVX2") != ELU_OK) return kSkipped;
  for (const Set& set : kSets) {
    for (const Kernel& kernel : elu::cli::SelectedKernels({.params = set.params})) {
      if (kernel.function->parameters || &set == kSets) CountCalls(kernel, set);
    }
  }
  return 0;
}
