// The proof: every function, type and accuracy against the reference, to the bit where elu.h promises correct rounding.
//   label proof: pairs of 16-bit numbers; samples of float64
//   label long:  all 2^32 floats of forward at alpha 1; all 16-bit numbers at 143 alphas, at every seventh of these on
//                every target; every 509th float at alpha 1 on every target; every 2039th at the other proof sets;
//                every 8191st at these and the edge sets on every target; the other types at all sets
// `make thorough` also runs all 2^32 floats of derivative, takes 1,000 alphas, eight times as many floats, and ten
// times as many samples of float64.
#include "src/proof/proof.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "src/functions.h"
#include "tests/support/bits.h"
#include "tests/support/parameter_sets.h"
#include "tests/support/thorough.h"

namespace elu::tests {
namespace {

using proof::Format;
using proof::Job;
using proof::Result;

// One input in so many: primes, so that all endings of a significand occur.
const std::uint64_t kProofStride = Thorough() ? 61 : 509, kOtherStride = Thorough() ? 251 : 2039;
const std::uint64_t kSparseStride = Thorough() ? 1009 : 8191, kVerySparseStride = 100'003;
const std::uint64_t kSamples = Thorough() ? 10'000'000 : 1'000'000, kFewSamples = Thorough() ? 50'000 : 10'000;
constexpr Format kFormats[] = {Format::float32, Format::float64, Format::float16, Format::bfloat16};
constexpr const char* kFormatNames[] = {"f32", "f64", "f16", "bf16"};

std::vector<std::string> Best() { return {Targets().front()}; }

void Prove(Job job, const std::string& parameters, std::uint64_t stride) {
  job.stride = stride;
  if (job.count == 0) job.count = (proof::AllInputs(*job.function, job.format) - 1) / stride + 1;
  job.threads = std::thread::hardware_concurrency();
  const char* format = kFormatNames[static_cast<int>(job.format)];
  for (const Result& result : proof::Prove(job)) {
    EXPECT_TRUE(proof::KeepsPromise(job, result))
        << job.function->name << " " << format << " " << parameters << " " << result.target << ": error "
        << result.error << " ulp, " << result.misrounded << " misrounded, " << result.faults
        << " faults, worst at x = " << Show(result.at.x) << ", dy = " << Show(result.at.dy)
        << ", ddx = " << Show(result.at.ddx) << ", alpha " << Show(result.params.alpha) << ": got "
        << Show(result.computed) << ", exact " << Show(result.exact);
    std::printf("%-22s %-4s %-8s %-26s %-6s %11llu inputs, MPFR asked %6llu times, misrounded %8llu, %.5f ulp\n",
                job.function->name, format, job.accuracy == ELU_FAST ? "fast" : "accurate", parameters.c_str(),
                result.target.c_str(), static_cast<unsigned long long>(result.inputs),
                static_cast<unsigned long long>(result.mpfr_calls), static_cast<unsigned long long>(result.misrounded),
                result.error);
  }
  std::fflush(stdout);
}

void Prove(const Function& function, Format format, elu_accuracy accuracy, const ParameterSet& set,
           const std::vector<std::string>& targets, std::uint64_t stride, std::uint64_t count = 0) {
  if (function.from_output && !OutputTellsBranch(set.params)) return;
  Prove({&function, format, accuracy, {set.params}, targets, count}, set.name, stride);
}

// Without parameters there is but the first of the sets.
std::vector<ParameterSet> SetsOf(const Function& function, std::vector<ParameterSet> sets) {
  if (!function.parameters) sets.clear();
  return sets;
}

// The first and every seventh after it: make prove runs the rest on every target.
std::vector<elu_params> EverySeventh(const std::vector<elu_params>& sets) {
  std::vector<elu_params> kept;
  for (std::size_t i = 0; i < sets.size(); i += 7) kept.push_back(sets[i]);
  return kept;
}

TEST(EveryFloat, ForwardAtAlphaOne) { Prove(kFunctions[0], Format::float32, ELU_ACCURATE, ProofSets()[0], Best(), 1); }

TEST(EveryFloat, DerivativeAtAlphaOne) {
  if (!Thorough()) GTEST_SKIP() << "all floats of derivative are run by make thorough and make prove";
  Prove(kFunctions[1], Format::float32, ELU_ACCURATE, ProofSets()[0], Best(), 1);
}

TEST(LongProof, EverySixteenBitNumberAtManyAlphas) {
  for (const Function& function : kFunctions) {
    if (function.inputs > 1) continue;
    for (const Format format : {Format::float16, Format::bfloat16}) {
      std::vector<elu_params> alphas = {{1, 1, 1}};
      if (function.parameters) alphas = Thorough() ? proof::ThousandAlphas() : EverySeventh(proof::ThousandAlphas());
      Prove({&function, format, ELU_ACCURATE, alphas, Best()}, std::to_string(alphas.size()) + " alphas", 1);
      Prove({&function, format, ELU_ACCURATE, EverySeventh(alphas), Targets()}, "every seventh of them", 1);
    }
  }
}

TEST(Proof, PairsOfSixteenBitNumbers) {
  for (const Function& function : kFunctions) {
    if (function.inputs == 1) continue;
    for (const Format format : {Format::float16, Format::bfloat16}) {
      Prove(function, format, ELU_ACCURATE, ProofSets()[0], Best(), kOtherStride);
      Prove(function, format, ELU_ACCURATE, ProofSets()[0], Targets(), kSparseStride);
    }
  }
}

TEST(Proof, SamplesOfFloat64) {
  for (const Function& function : kFunctions) {
    Prove(function, Format::float64, ELU_ACCURATE, ProofSets()[0], Best(), 1, kSamples);
  }
}

// Accepted everywhere; other types, and the gradients from the output, give the bits of accurate.
TEST(Proof, FastOfOtherTypes) {
  for (const Function& function : kFunctions) {
    for (const Format format : kFormats) {
      Prove(function, format, ELU_FAST, ProofSets()[0], Targets(), format == Format::float64 ? 1 : kVerySparseStride,
            format == Format::float64 ? kFewSamples : 0);
    }
  }
}

class Strided : public testing::TestWithParam<std::size_t> {
 protected:
  const Function& function_ = kFunctions[GetParam()];
};

TEST_P(Strided, Floats) {
  const std::vector<ParameterSet> proof_sets = ProofSets();
  Prove(function_, Format::float32, ELU_ACCURATE, proof_sets[0], Targets(), kProofStride);
  for (const ParameterSet& set : SetsOf(function_, {proof_sets.begin() + 1, proof_sets.end()})) {
    Prove(function_, Format::float32, ELU_ACCURATE, set, Best(), kOtherStride);
    Prove(function_, Format::float32, ELU_ACCURATE, set, Targets(), kSparseStride);
  }
  for (const ParameterSet& set : SetsOf(function_, EdgeSets())) {
    Prove(function_, Format::float32, ELU_ACCURATE, set, Targets(), kSparseStride);
  }
}

TEST_P(Strided, FastFloats) {
  if (function_.from_output) GTEST_SKIP() << "the gradients from the output know no accuracy";
  const std::vector<ParameterSet> proof_sets = ProofSets();
  Prove(function_, Format::float32, ELU_FAST, proof_sets[0], Targets(), kProofStride);
  for (const ParameterSet& set : SetsOf(function_, {proof_sets.begin() + 1, proof_sets.end()})) {
    Prove(function_, Format::float32, ELU_FAST, set, Targets(), kSparseStride);
  }
  for (const ParameterSet& set : SetsOf(function_, EdgeSets())) {
    Prove(function_, Format::float32, ELU_FAST, set, Targets(), kSparseStride);
  }
}

TEST_P(Strided, OtherTypes) {
  std::vector<ParameterSet> sets = ProofSets();
  for (const ParameterSet& set : EdgeSets()) sets.push_back(set);
  for (const ParameterSet& set : SetsOf(function_, sets)) {
    Prove(function_, Format::float64, ELU_ACCURATE, set, Targets(), 1, kFewSamples);
    for (const Format format : {Format::float16, Format::bfloat16}) {
      Prove(function_, format, ELU_ACCURATE, set, Targets(), function_.inputs == 1 ? 1 : kVerySparseStride);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Functions, Strided, testing::Range(std::size_t{0}, std::size(kFunctions)),
                         [](const auto& info) { return TestName(kFunctions[info.param].name); });

}  // namespace
}  // namespace elu::tests
