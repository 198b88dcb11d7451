// The bits of all accurate results of f32, f16 and bf16 over fixed inputs, as one number for each function and type.
// They depend on nothing but the inputs (elu.h), so these numbers are the same on every target and every machine.
//   source: what this test prints where it fails, on x86-64; proof_test compares results with the reference
//   check:  `make test` runs it on all targets of x86-64, `make test-neon` on aarch64; `make test-machines` compares
//   other
//           machines with x86-64
#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "src/functions.h"
#include "tests/support/bits.h"
#include "tests/support/fingerprint.h"

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
