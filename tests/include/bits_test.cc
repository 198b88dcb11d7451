// The bits of all accurate results of f32, f16 and bf16 over fixed inputs, as one number for each function and type.
// They depend on nothing but the inputs (elu.h), so these numbers are the same on every target and every machine.
//   source: what this test prints where it fails, on x86-64; proof_test compares results with the reference
//   check:  `make test` runs it on all targets of x86-64, `make test-neon` on aarch64
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "src/functions.h"
#include "tests/support/bits.h"
#include "tests/support/number_types.h"
#include "tests/support/parameter_sets.h"

namespace elu::tests {
namespace {

constexpr const char* kFingerprints = R"(
forward                f32  ad74dd4662792851
forward                f16  6365baca988124e0
forward                bf16 dcb97a09b1007713
derivative             f32  baf09c27a821e93d
derivative             f16  3b7b05848ae02adb
derivative             bf16 1b07db6beee034fa
derivative-from-output f32  7e4a67f4e9343699
derivative-from-output f16  f4d1929518f7ea78
derivative-from-output bf16 6ff172634e40c391
second-derivative      f32  57459e70bf6d9085
second-derivative      f16  22dd99fdfacd282d
second-derivative      bf16 7f34bbd72fb61b16
plus-one               f32  18f3047fa920e225
plus-one               f16  567a72239ede4825
plus-one               bf16 b044d5f0bf0d6305
backward               f32  38669f4256bf9aa3
backward               f16  484202c7c536fac9
backward               bf16 399230bc90b7e08f
backward-from-output   f32  be4610555d4aeba6
backward-from-output   f16  15ebbc00ca4bf600
backward-from-output   bf16 9d53cd42f172baba
double-backward        f32  ec3ef85cfde09ee1
double-backward        f16  fe481cd8bd12808a
double-backward        bf16 d4aea720005617a4
plus-one-backward      f32  30076cea1c205705
plus-one-backward      f16  76b4b3ddfe072ab5
plus-one-backward      bf16 1c6db9f39d9d95c5
)";

constexpr elu_params kSets[] = {
    {1, 1, 1},
    {0.5, 1, 1},                                  // halves of odd subnormals are ties
    {1.6732632423543772, 1.0507009873554805, 1},  // SELU
    {2, 1, 0.5},                                  // CELU(2)
    {0.3, 1, 1 / 0.3},                            // input_scale * x is no double
    {1 + 0x3p-24, 1, 1},                          // many results lie close to a tie
    {-0.7, -1.3, 1.1},
    {0x1.0810008200002p+0, 0x1.080fff7e00002p+0, 1},  // the limit lies within 2^-102 of a tie
};

constexpr std::uint32_t kLength = 1 << 16;  // all numbers of 16 bits

// Of 16 bits all numbers, in the order that `stream` makes. Of 32 bits numbers with any bits, and every second one
// between 2^-40 and 2^8 in magnitude. Without <random>, whose distributions differ between systems.
template <class Type>
std::vector<typename Type::T> Inputs(std::uint32_t stream) {
  std::vector<typename Type::T> inputs(kLength);
  for (std::uint32_t i = 0; i < kLength; ++i) {
    std::uint32_t bits = i * (0x9e3779b1U + stream * 0x0bd794d6U);  // an odd factor, so no number comes twice
    if constexpr (sizeof(typename Type::T) == 4) {
      bits ^= bits >> 15;
      if (i % 2 == 1) bits = (bits & 0x807fffffU) | (87 + (bits >> 23 & 0xff) % 48) << 23;
    }
    inputs[i] = std::bit_cast<typename Type::T>(static_cast<typename Type::Bits>(bits));
  }
  return inputs;
}

// FNV-1a over the results for all sets, each in its bits, every NaN as the same.
template <class Type>
std::uint64_t Fingerprint(const Type& type, const Function& function) {
  const auto ddx = Inputs<Type>(2), dy = Inputs<Type>(1), x = Inputs<Type>(0);
  std::vector<typename Type::T> out(kLength);
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const elu_params& p : kSets) {
    if (function.from_output && !OutputTellsBranch(p)) continue;
    EXPECT_EQ((function.*type.call)(ddx.data(), dy.data(), x.data(), out.data(), kLength, &p, ELU_ACCURATE), ELU_OK);
    for (const auto value : out) {
      const std::uint64_t bits = std::bit_cast<typename Type::Bits>(value);
      hash = (hash ^ (std::isnan(Type::ToDouble(value)) ? ~std::uint64_t{0} : bits)) * 0x100000001b3U;
    }
  }
  return hash;
}

class Bits : public testing::TestWithParam<std::string> {};

TEST_P(Bits, AreTheSameOnEveryMachine) {
  const WithTarget forced(GetParam());
  std::string fingerprints = "\n";
  for (const Function& function : kFunctions) {
    ForEachType([&]<class Type>(const Type& type) {
      if (sizeof(typename Type::T) == 8) return;  // not promised
      char line[64];
      std::snprintf(line, sizeof line, "%-22s %-4s %016llx\n", function.name, type.name,
                    static_cast<unsigned long long>(Fingerprint(type, function)));
      fingerprints += line;
    });
  }
  EXPECT_EQ(fingerprints, kFingerprints);
}

INSTANTIATE_TEST_SUITE_P(Targets, Bits, testing::ValuesIn(Targets()), [](const auto& info) { return info.param; });

#if defined(__aarch64__)
// The emulator offers SVE, as newer processors do: the library keeps to NEON (src/cpu/disabled-targets.h).
TEST(Targets, AreThoseOfNeon) {
  ASSERT_FALSE(Targets().empty());
  for (const std::string& name : Targets()) EXPECT_TRUE(name.starts_with("NEON")) << name;
}
#endif

}  // namespace
}  // namespace elu::tests
