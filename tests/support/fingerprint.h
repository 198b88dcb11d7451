// The bits of all results of a function over fixed inputs, as one number. Those of accurate f32, f16 and bf16 depend on
// nothing but the inputs (elu.h): the number is the same on every target of every machine. No GoogleTest here:
// tests/include/fingerprints.cc is built where there is none.
#ifndef ELU_TESTS_SUPPORT_FINGERPRINT_H_
#define ELU_TESTS_SUPPORT_FINGERPRINT_H_

#include <bit>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "src/functions.h"
#include "tests/support/number_types.h"
#include "tests/support/parameter_sets.h"

namespace elu::tests {

inline constexpr elu_params kFingerprintSets[] = {
    {1, 1, 1},
    {0.5, 1, 1},                                  // halves of odd subnormals are ties
    {1.6732632423543772, 1.0507009873554805, 1},  // SELU
    {2, 1, 0.5},                                  // CELU(2)
    {0.3, 1, 1 / 0.3},                            // input_scale * x is no double
    {1 + 0x3p-24, 1, 1},                          // many results lie close to a tie
    {-0.7, -1.3, 1.1},
    {0x1.0810008200002p+0, 0x1.080fff7e00002p+0, 1},  // the limit lies within 2^-102 of a tie
};

inline constexpr std::uint32_t kAll16Bits = 1 << 16;

// Of 16 bits all numbers, in the order that `stream` makes. Of 32 bits numbers with any bits, and every second one
// between 2^-40 and 2^8 in magnitude; of 64 bits the same. Without <random>, whose distributions differ between
// systems.
template <class Type>
std::vector<typename Type::T> FingerprintInputs(std::uint32_t stream) {
  std::vector<typename Type::T> inputs(kAll16Bits);
  for (std::uint32_t i = 0; i < kAll16Bits; ++i) {
    typename Type::Bits bits;
    std::uint32_t upper = i * (0x9e3779b1U + stream * 0x0bd794d6U);  // an odd factor, so no number comes twice
    if constexpr (sizeof(bits) == 2) {
      bits = static_cast<std::uint16_t>(upper);
    } else if constexpr (sizeof(bits) == 4) {
      upper ^= upper >> 15;
      bits = i % 2 == 1 ? (upper & 0x807fffffU) | (87 + (upper >> 23 & 0xff) % 48) << 23 : upper;
    } else {
      bits = std::uint64_t{upper} * 0x9e3779b97f4a7c15U;
      if (i % 2 == 1) bits = (bits & 0x800fffffffffffffU) | (983 + (bits >> 52 & 0x7ff) % 48) << 52;
    }
    inputs[i] = std::bit_cast<typename Type::T>(bits);
  }
  return inputs;
}

// FNV-1a over the results for all sets, each in its bits, every NaN as the same.
template <class Type>
std::uint64_t Fingerprint(const Type& type, const Function& function, elu_accuracy accuracy = ELU_ACCURATE) {
  static const auto ddx = FingerprintInputs<Type>(2), dy = FingerprintInputs<Type>(1), x = FingerprintInputs<Type>(0);
  std::vector<typename Type::T> out(x.size());
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const elu_params& p : kFingerprintSets) {
    if (function.from_output && !OutputTellsBranch(p)) continue;
    if ((function.*type.call)(ddx.data(), dy.data(), x.data(), out.data(), out.size(), &p, accuracy) != ELU_OK) {
      throw std::runtime_error(std::string(function.name) + " " + type.name + " fails");
    }
    for (const auto value : out) {
      const std::uint64_t bits = std::bit_cast<typename Type::Bits>(value);
      hash = (hash ^ (std::isnan(Type::ToDouble(value)) ? ~std::uint64_t{0} : bits)) * 0x100000001b3U;
    }
  }
  return hash;
}

}  // namespace elu::tests

#endif  // ELU_TESTS_SUPPORT_FINGERPRINT_H_
