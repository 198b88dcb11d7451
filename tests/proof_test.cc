// The proof: kernels against the reference.
//   all 2^32 floats               forward and derivative, alpha 1, best target
//   every 61st float              every function: alpha 1 on every target, the other proof sets on the best target
//   every 1009th float            every function: the other proof sets and the edge sets on every target
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "bits.h"
#include "elu/elu.h"
#include "parameter_sets.h"
#include "reference/reference.h"

namespace elu::tests {
namespace {

constexpr std::uint64_t kAll = std::uint64_t{1} << 32;
constexpr std::size_t kChunk = 1 << 26;  // results of the reference kept at a time
constexpr std::size_t kBlock = 1 << 14;  // inputs of one call

// A strided run takes one float in so many: primes, so that all endings of a significand occur.
constexpr std::uint64_t kProofStride = 61, kSparseStride = 1009;

// One function of a single array: the kernel and its reference.
struct Subject {
  const char* name;
  std::function<elu_status(const float*, float*, std::size_t, const elu_params*)> kernel;
  std::function<float(float, const elu_params&)> reference;
};

// A factor for backward that depends on x alone, so that backward is a function of one array too: finite, of all
// exponents and both signs, with random bits.
float FactorFor(float x) {
  std::uint32_t bits = (Bits(x) ^ 0x9e3779b9U) * 2654435761U;
  bits ^= bits >> 15;
  const bool finite = (bits & 0x7f800000U) != 0x7f800000U;
  return FromBits(finite ? bits : bits ^ 0x40000000U);
}

template <class Backward>
elu_status WithFactors(const float* x, float* dx, std::size_t n, const Backward& backward) {
  std::vector<float> dy(n);
  std::transform(x, x + n, dy.begin(), FactorFor);
  return backward(dy.data(), x, dx, n);
}

std::vector<Subject> Subjects() {
  return {
      {"forward", [](auto x, auto y, auto n, auto p) { return elu_forward_f32(x, y, n, p, ELU_ACCURATE); },
       reference::Forward},
      {"derivative", [](auto x, auto y, auto n, auto p) { return elu_derivative_f32(x, y, n, p, ELU_ACCURATE); },
       reference::Derivative},
      {"derivative_from_output", elu_derivative_from_output_f32, reference::DerivativeFromOutput},
      {"backward",
       [](const float* x, float* dx, std::size_t n, const elu_params* p) {
         return WithFactors(x, dx, n, [p](auto dy, auto at, auto out, auto count) {
           return elu_backward_f32(dy, at, out, count, p, ELU_ACCURATE);
         });
       },
       [](float x, const elu_params& p) { return reference::Backward(FactorFor(x), x, p); }},
      {"backward_from_output",
       [](const float* y, float* dx, std::size_t n, const elu_params* p) {
         return WithFactors(y, dx, n, [p](auto dy, auto at, auto out, auto count) {
           return elu_backward_from_output_f32(dy, at, out, count, p);
         });
       },
       [](float y, const elu_params& p) { return reference::BackwardFromOutput(FactorFor(y), y, p); }},
  };
}

// work(begin, end) on blocks of [0, n), by all cores.
template <class Work>
void InParallel(std::size_t n, const Work& work) {
  std::atomic<std::size_t> next = 0;
  std::vector<std::thread> threads(std::max(1U, std::thread::hardware_concurrency()));
  for (std::thread& thread : threads) {
    thread = std::thread([&] {
      for (std::size_t begin; (begin = next.fetch_add(kBlock)) < n;) work(begin, std::min(n, begin + kBlock));
    });
  }
  for (std::thread& thread : threads) thread.join();
}

// What one target made of the inputs.
struct Tally {
  std::string target;
  std::atomic<std::uint64_t> wrong = 0;
  std::mutex mutex;
  std::string example;

  void Compare(float x, float got, float expected) {
    if (Same(got, expected)) return;
    if (wrong++ > 0) return;
    const std::lock_guard lock(mutex);
    example = "at " + Show(x) + " got " + Show(got) + ", exact " + Show(expected);
  }
};

// Runs of floats: number first, first + 1, ... of those that a stride takes.
struct Inputs {
  std::uint64_t stride;

  std::uint64_t Count() const { return (kAll + stride - 1) / stride; }
  float At(std::uint64_t number) const { return FromBits(static_cast<std::uint32_t>(number * stride)); }
};

void RunReference(const Subject& subject, const elu_params& p, const Inputs& inputs, std::uint64_t first,
                  std::span<float> expected, std::atomic<std::uint64_t>& asked_mpfr) {
  InParallel(expected.size(), [&](std::size_t begin, std::size_t end) {
    const std::size_t before = reference::MpfrCalls();
    for (std::size_t i = begin; i < end; ++i) expected[i] = subject.reference(inputs.At(first + i), p);
    asked_mpfr += reference::MpfrCalls() - before;
  });
}

void RunKernel(const Subject& subject, const elu_params& p, const Inputs& inputs, std::uint64_t first,
               std::span<const float> expected, Tally& tally) {
  const WithTarget forced(tally.target);
  ASSERT_EQ(tally.target, elu_target());
  InParallel(expected.size(), [&](std::size_t begin, std::size_t end) {
    std::vector<float> x(end - begin), y(end - begin);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = inputs.At(first + begin + i);
    EXPECT_EQ(subject.kernel(x.data(), y.data(), x.size(), &p), ELU_OK);
    for (std::size_t i = 0; i < x.size(); ++i) tally.Compare(x[i], y[i], expected[begin + i]);
  });
}

// Runs every `stride`th float through the subject on each target. The reference is computed once for all targets.
void Prove(const Subject& subject, const ParameterSet& set, std::uint64_t stride,
           const std::vector<std::string>& targets) {
  const Inputs inputs{stride};
  std::vector<Tally> tallies(targets.size());
  for (std::size_t t = 0; t < targets.size(); ++t) tallies[t].target = targets[t];
  std::vector<float> results(std::min<std::uint64_t>(kChunk, inputs.Count()));
  std::atomic<std::uint64_t> asked_mpfr = 0;
  for (std::uint64_t first = 0; first < inputs.Count(); first += results.size()) {
    const auto expected = std::span(results).first(std::min<std::uint64_t>(results.size(), inputs.Count() - first));
    RunReference(subject, set.params, inputs, first, expected, asked_mpfr);
    for (Tally& tally : tallies) RunKernel(subject, set.params, inputs, first, expected, tally);
  }
  std::printf("%-22s %-26s %10llu inputs, MPFR asked %8llu times; misrounded:", subject.name, set.name.c_str(),
              static_cast<unsigned long long>(inputs.Count()), static_cast<unsigned long long>(asked_mpfr));
  for (const Tally& tally : tallies) {
    EXPECT_EQ(tally.wrong, 0U) << subject.name << " " << set.name << " " << tally.target << " " << tally.example;
    std::printf(" %llu %s", static_cast<unsigned long long>(tally.wrong), tally.target.c_str());
  }
  std::printf("\n");
  std::fflush(stdout);
}

bool FromOutput(const Subject& subject) { return std::string(subject.name).ends_with("from_output"); }

std::vector<std::string> Best() { return {Targets().front()}; }

TEST(Proof, EveryFloatForwardAtAlphaOne) { Prove(Subjects()[0], ProofSets()[0], 1, Best()); }

TEST(Proof, EveryFloatDerivativeAtAlphaOne) { Prove(Subjects()[1], ProofSets()[0], 1, Best()); }

class Strided : public testing::TestWithParam<std::size_t> {};

TEST_P(Strided, EveryTargetAndParameterSet) {
  const Subject subject = Subjects()[GetParam()];
  Prove(subject, ProofSets()[0], kProofStride, Targets());
  for (const ParameterSet& set : ProofSets()) {
    if (set.name == ProofSets()[0].name) continue;
    Prove(subject, set, kProofStride, Best());
    Prove(subject, set, kSparseStride, Targets());
  }
  for (const ParameterSet& set : EdgeSets()) {
    if (!FromOutput(subject) || OutputTellsBranch(set.params)) Prove(subject, set, kSparseStride, Targets());
  }
}

INSTANTIATE_TEST_SUITE_P(Functions, Strided, testing::Range(std::size_t{0}, Subjects().size()),
                         [](const auto& info) { return std::string(Subjects()[info.param].name); });

}  // namespace
}  // namespace elu::tests
