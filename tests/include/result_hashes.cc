// A hash of the results of every function, number type and accuracy on every instruction set of this machine, to
// compare builds by other compilers, with other flags, for other machines.
//
//     result_hashes [numbers of each type, 4096 unless given; 16-bit numbers are always all taken]
//
// A line a row: instruction set, type, accuracy, function, hash. By elu.h rows of accurate f32, f16 and bf16 have one
// hash everywhere, all others one on every machine that has the instruction set. Needs nothing but elu's headers.
#include <bit>
#include <cinttypes>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>
#include <type_traits>
#include <vector>

#include "elu/detail/family.hpp"
#include "elu/elu.h"
#include "elu/types.hpp"

namespace {

using elu::detail::Function;

constexpr elu_params kParams[] = {
    {1, 1, 1}, {1.6732632423543772848170429916717, 1.0507009873554804934193349852946, 1}, {0.7, 1.3, 0.9}};

// FNV-1a, of a number at a time.
constexpr std::uint64_t kStart = 14695981039346656037U, kPrime = 1099511628211U;

template <class T>
using BitsOf = std::conditional_t<sizeof(T) == 8, std::uint64_t, std::conditional_t<sizeof(T) == 4, std::uint32_t, T>>;

// The bits of a number type that tell NaN from others, which is hashed as one.
template <class T>
struct Type {
  const char* name;
  elu::detail::Call<T> Function::*call;
  BitsOf<T> infinity;

  std::uint64_t Hash(std::uint64_t hash, const std::vector<T>& numbers) const {
    for (const T number : numbers) {
      const auto bits = std::bit_cast<BitsOf<T>>(number);
      const auto magnitude = static_cast<BitsOf<T>>(bits & (std::numeric_limits<BitsOf<T>>::max() >> 1));
      hash = (hash ^ (magnitude > infinity ? infinity + 1U : bits)) * kPrime;
    }
    return hash;
  }
};

// Random bits, every other number in the range where f is curved; of 16 bits all numbers, in an order that an odd step
// makes another.
template <class T>
std::vector<T> Inputs(std::size_t n, std::uint64_t step, std::mt19937_64& generator) {
  if constexpr (sizeof(T) == 2) n = 1U << 16;
  std::vector<T> x(n);
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint64_t bits = sizeof(T) == 2 ? i * step : generator();
    x[i] = std::bit_cast<T>(static_cast<BitsOf<T>>(bits));
    if constexpr (std::is_floating_point_v<T>) {
      const int exponent = 4 - static_cast<int>(bits % 64);
      if (i % 2 == 0) x[i] = static_cast<T>(std::ldexp(-static_cast<double>(bits >> 11), exponent - 53));
    }
  }
  return x;
}

template <class T>
void Print(const Type<T>& type, const char* target, std::size_t n) {
  std::mt19937_64 generator(42);
  const std::vector<T> x = Inputs<T>(n, 1, generator), dy = Inputs<T>(n, 40503, generator);
  const std::vector<T> ddx = Inputs<T>(n, 25717, generator);
  std::vector<T> out(x.size());
  for (const Function& function : elu::detail::kFamily) {
    for (const elu_accuracy accuracy : {ELU_ACCURATE, ELU_FAST}) {
      std::uint64_t hash = kStart;
      for (const elu_params& p : kParams) {
        const elu_status status =
            (function.*type.call)(ddx.data(), dy.data(), x.data(), out.data(), x.size(), &p, accuracy);
        hash = type.Hash(hash + static_cast<std::uint64_t>(status), out);
      }
      std::printf("%s %s %s %s %016" PRIx64 "\n", target, type.name, accuracy == ELU_FAST ? "fast" : "accurate",
                  function.name, hash);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t n = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 4096;
  std::vector<const char*> targets(elu_targets(nullptr, 0));
  elu_targets(targets.data(), targets.size());
  for (const char* target : targets) {
    elu_set_target(target);
    Print(Type<float>{"f32", &Function::f32, 0x7f800000U}, target, n);
    Print(Type<double>{"f64", &Function::f64, 0x7ff0000000000000U}, target, n);
    Print(Type<std::uint16_t>{"f16", &Function::f16, 0x7c00U}, target, n);
    Print(Type<std::uint16_t>{"bf16", &Function::bf16, 0x7f80U}, target, n);
  }
}
