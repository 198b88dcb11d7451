// Mixed calls for a while, every result compared with the reference:
//
//     soak SECONDS [SEED]
//
// Two threads call random functions for random types, sizes, places in memory and parameters, while a third forces
// instruction sets. Exit status 1 with the first wrong call on stderr if there is one, 2 for wrong arguments.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "src/functions.h"
#include "src/proof/inputs.h"
#include "src/proof/proof.h"
#include "src/proof/random.h"
#include "src/proof/with_target.h"
#include "tests/support/number_types.h"
#include "tests/support/parameter_sets.h"

namespace elu::tests {
namespace {

using proof::Random;
using reference::Format;
using Clock = std::chrono::steady_clock;

struct Tally {
  std::atomic<std::uint64_t> calls = 0, results = 0, wrong = 0, forced = 0;
};

// Those of the proofs, those at the edges, and others, of all magnitudes and signs.
elu_params AnyParameters(Random& random) {
  static const std::vector<ParameterSet> proofs = ProofSets(), edges = EdgeSets();
  switch (random.Bits() % 4) {
    case 0: return {1, 1, 1};
    case 1: return proofs[random.Bits() % proofs.size()].params;
    case 2: return edges[random.Bits() % edges.size()].params;
    default: return {random.Signed(-20, 20), random.Signed(-20, 20), random.WithExponent(-20, 20)};
  }
}

// Mostly small; one in 2,000 so large that results go past the cache, where the reference is quick.
std::size_t AnySize(Random& random, Format format) {
  if (random.Bits() % 2000 == 0 && format != Format::float64) return (std::size_t{1} << 23) + random.Bits() % 100;
  return random.Bits() % (random.Bits() % 8 == 0 ? 5000 : 300);
}

// An array at a random place of a larger one, whose other elements must stay.
template <class T>
class Placed {
 public:
  Placed(const std::vector<T>& values, Random& random)
      : offset_(random.Bits() % 70), size_(values.size()), all_(offset_ + size_ + random.Bits() % 70, kCanary) {
    std::copy(values.begin(), values.end(), Data());
  }
  T* Data() { return all_.data() + offset_; }
  bool OthersStay() const {
    const auto canary = [](T v) { return v == kCanary; };
    const auto begin = all_.begin() + static_cast<std::ptrdiff_t>(offset_);
    return std::all_of(all_.begin(), begin, canary) &&
           std::all_of(begin + static_cast<std::ptrdiff_t>(size_), all_.end(), canary);
  }

 private:
  static constexpr T kCanary = static_cast<T>(1237);
  std::size_t offset_, size_;
  std::vector<T> all_;
};

// One call: its arrays, and what comes out.
template <Format format>
class Call {
  using S = proof::Storage<format>;
  using T = typename S::Type;

 public:
  Call(const proof::Job& job, Random& random)
      : job_(job), block_(AnySize(random, format)), first_(random.Bits()), stride_(random.Bits() | 1) {
    proof::Fill<format>(*job.function, job.sets[0], first_, stride_, block_);
    Placed<T> ddx(block_.ddx, random), dy(block_.dy, random), x(block_.x, random), apart(block_.x, random);
    Placed<T>* const places[] = {&x, &apart, &dy, &ddx};
    Placed<T>& out = *places[random.Bits() % static_cast<unsigned>(job.function->inputs + 1)];
    status_ = S::Kernel(*job.function)(ddx.Data(), dy.Data(), x.Data(), out.Data(), block_.x.size(), &job.sets[0],
                                       job.accuracy);
    contained_ = ddx.OthersStay() && dy.OthersStay() && x.OthersStay() && apart.OthersStay();
    out_.assign(out.Data(), out.Data() + block_.x.size());
  }

  std::size_t Size() const { return out_.size(); }

  // What is wrong with it; empty if nothing is.
  std::string Fault() const {
    if (status_ != ELU_OK) return elu_status_text(status_);
    if (!contained_) return "wrote beside its array";
    const double promised = proof::PromisedError(job_);
    const reference::Function by_reference = reference::Find(job_.function->name);
    for (std::size_t i = 0; i < out_.size(); ++i) {
      const reference::Inputs in = block_.At(i);
      const double computed = S::Widen(out_[i]);
      const reference::Value exact = by_reference(format, in, job_.sets[0]);
      const double error = reference::ErrorInUlps(format, computed, exact);
      const bool right =
          promised == 0.5 ? NumberType<double, double>::Same(computed, exact.rounded) : error <= promised;
      if (!right) return Text(i, in, computed, error);
    }
    return {};
  }

 private:
  std::string Text(std::size_t i, const reference::Inputs& in, double computed, double error) const {
    const elu_params& p = job_.sets[0];
    char text[400];
    std::snprintf(text, sizeof text,
                  "format %d, %s, element %zu of %zu, alpha %a, scale %a, input_scale %a, x %a, dy %a, ddx %a: %a, "
                  "%g ulp off",
                  static_cast<int>(format), job_.accuracy == ELU_FAST ? "fast" : "accurate", i, out_.size(), p.alpha,
                  p.scale, p.input_scale, in.x, in.dy, in.ddx, computed, error);
    return text;
  }

  const proof::Job& job_;
  proof::Block<S> block_;
  std::uint64_t first_, stride_;
  elu_status status_ = ELU_OK;
  bool contained_ = false;
  std::vector<T> out_;
};

template <Format format>
void CallOnce(const proof::Job& job, Random& random, Tally& tally) {
  const Call<format> call(job, random);
  tally.calls += 1;
  tally.results += call.Size();
  const std::string fault = call.Fault();
  if (!fault.empty() && tally.wrong++ == 0) std::fprintf(stderr, "soak: %s: %s\n", job.function->name, fault.c_str());
}

void CallUntil(Clock::time_point end, std::uint64_t seed, Tally& tally) {
  Random random(seed);
  while (Clock::now() < end) {
    const Function& function = kFunctions[random.Bits() % std::size(kFunctions)];
    elu_params p = AnyParameters(random);
    if (function.from_output && !OutputTellsBranch(p)) p = {std::fabs(p.alpha), std::fabs(p.scale), p.input_scale};
    if (function.from_output && p.scale == 0) p.scale = 1;
    const proof::Job job = {.function = &function,
                            .format = static_cast<Format>(random.Bits() % 4),
                            .accuracy = random.Bits() % 2 == 0 ? ELU_ACCURATE : ELU_FAST,
                            .sets = {p},
                            .targets = {}};
    switch (job.format) {
      case Format::float32: CallOnce<Format::float32>(job, random, tally); break;
      case Format::float64: CallOnce<Format::float64>(job, random, tally); break;
      case Format::float16: CallOnce<Format::float16>(job, random, tally); break;
      case Format::bfloat16: CallOnce<Format::bfloat16>(job, random, tally); break;
    }
  }
}

void ForceUntil(Clock::time_point end, std::uint64_t seed, Tally& tally) {
  Random random(seed);
  const std::vector<std::string> targets = proof::AvailableTargets();
  while (Clock::now() < end) {
    elu_set_target(targets[random.Bits() % targets.size()].c_str());
    tally.forced += 1;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

int Soak(int seconds, std::uint64_t seed) {
  Tally tally;
  const Clock::time_point end = Clock::now() + std::chrono::seconds(seconds);
  std::thread first([&] { CallUntil(end, seed, tally); });
  std::thread second([&] { CallUntil(end, seed + 1, tally); });
  ForceUntil(end, seed + 2, tally);
  first.join();
  second.join();
  std::printf("soak: seed %llu, %d s: %llu calls, %llu results, %llu calls wrong; targets forced %llu times\n",
              static_cast<unsigned long long>(seed), seconds, static_cast<unsigned long long>(tally.calls),
              static_cast<unsigned long long>(tally.results), static_cast<unsigned long long>(tally.wrong),
              static_cast<unsigned long long>(tally.forced));
  return tally.wrong == 0 && tally.calls > 0 ? 0 : 1;
}

}  // namespace
}  // namespace elu::tests

int main(int argc, char** argv) {
  const int seconds = argc > 1 ? std::atoi(argv[1]) : 0;
  if (argc > 3 || seconds < 1) {
    std::fputs("usage: soak SECONDS [SEED]\n", stderr);
    return 2;
  }
  return elu::tests::Soak(seconds, argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1);
}
