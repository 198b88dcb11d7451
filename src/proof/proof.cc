#include "src/proof/proof.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <chrono>
#include <cmath>
#include <mutex>
#include <span>

#include "src/proof/parallel.h"
#include "src/proof/with_target.h"

namespace elu::proof {
namespace {

constexpr std::size_t kChunk = 1 << 20;  // results of the reference kept at a time
constexpr std::size_t kBlock = 1 << 12;  // inputs of one call

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

bool Same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b));
}

// Adds b to a. Of equal errors the first input's is kept, so that the result does not depend on the threads.
void Merge(Result& a, const Result& b) {
  a.inputs += b.inputs;
  a.misrounded += b.misrounded;
  a.faults += b.faults;
  if (b.error < a.error || (b.error == a.error && b.index >= a.index)) return;
  a.error = b.error;
  a.params = b.params;
  a.index = b.index;
  a.at = b.at;
  a.computed = b.computed;
  a.exact = b.exact;
}

// The inputs first, first + 1, ... of one set of parameters, as many as there are expected results.
template <Format format>
class Chunk {
  using S = Storage<format>;
  using T = typename S::Type;

 public:
  Chunk(const Job& job, const elu_params& p, std::uint64_t first, std::span<reference::Value> expected)
      : job_(job), p_(p), first_(first), expected_(expected) {}

  // Returns how often MPFR was asked.
  std::uint64_t RunReference() {
    std::atomic<std::uint64_t> asked = 0;
    InParallel(expected_.size(), kBlock, job_.threads, [&](std::size_t begin, std::size_t end) {
      const std::size_t before = reference::MpfrCalls();
      const Block<S> block = Inputs(begin, end);
      const reference::Function exact = reference::Find(job_.function->name);
      for (std::size_t i = begin; i < end; ++i) expected_[i] = exact(format, block.At(i - begin), p_);
      asked += reference::MpfrCalls() - before;
    });
    return asked;
  }

  void RunKernel(Result& result) {
    std::mutex mutex;
    InParallel(expected_.size(), kBlock, job_.threads, [&](std::size_t begin, std::size_t end) {
      const Result part = Compare(begin, end);
      const std::lock_guard lock(mutex);
      Merge(result, part);
    });
  }

 private:
  Block<S> Inputs(std::size_t begin, std::size_t end) const {
    Block<S> block(end - begin);
    Fill<format>(*job_.function, p_, first_ + begin, job_.stride, block);
    return block;
  }

  // Nothing if the call fails.
  std::vector<T> Outputs(const Block<S>& block, elu_accuracy accuracy) const {
    std::vector<T> out(block.x.size());
    const Call<T> kernel = S::Kernel(*job_.function);
    const auto *ddx = block.ddx.data(), *dy = block.dy.data(), *x = block.x.data();
    return kernel(ddx, dy, x, out.data(), out.size(), &p_, accuracy) == ELU_OK ? out : std::vector<T>();
  }

  Result Compare(std::size_t begin, std::size_t end) const {
    const Block<S> block = Inputs(begin, end);
    const std::vector<T> out = Outputs(block, job_.accuracy);
    Result part;
    part.inputs = end - begin;
    part.params = p_;
    if (out.empty()) part.faults = part.inputs;
    std::size_t worst = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
      const reference::Value& exact = expected_[begin + i];
      const double computed = S::Widen(out[i]);
      const bool same = Same(computed, exact.rounded);
      const double error = same ? std::fabs(exact.rest) : reference::ErrorInUlps(format, computed, exact);
      part.misrounded += same ? 0 : 1;
      if (error > part.error) {
        part.error = error;
        worst = i;
      }
    }
    if (out.empty()) return part;
    part.index = first_ + begin + worst;
    part.at = block.At(worst);
    part.computed = S::Widen(out[worst]);
    part.exact = expected_[begin + worst].rounded;
    if (format == Format::float64 && job_.accuracy == ELU_FAST) part.faults = Unlike(block, out);
    return part;
  }

  std::uint64_t Unlike(const Block<S>& block, const std::vector<T>& out) const {
    const std::vector<T> accurate = Outputs(block, ELU_ACCURATE);
    std::uint64_t unlike = 0;
    for (std::size_t i = 0; i < accurate.size(); ++i) unlike += Same(S::Widen(out[i]), S::Widen(accurate[i])) ? 0 : 1;
    return unlike;
  }

  const Job& job_;
  const elu_params& p_;
  std::uint64_t first_;
  std::span<reference::Value> expected_;
};

template <Format format>
std::vector<Result> ProveIn(const Job& job, const std::function<void(double)>& progress) {
  std::vector<Result> results(job.targets.size());
  for (std::size_t t = 0; t < results.size(); ++t) results[t].target = job.targets[t];
  std::vector<reference::Value> values(std::min<std::uint64_t>(kChunk, job.count));
  double done = 0;
  for (const elu_params& p : job.sets) {
    for (std::uint64_t first = 0; first < job.count; first += values.size()) {
      const auto expected = std::span(values).first(std::min<std::uint64_t>(values.size(), job.count - first));
      Chunk<format> chunk(job, p, first, expected);
      const auto start = Clock::now();
      const std::uint64_t asked = chunk.RunReference();
      const double share = SecondsSince(start) / static_cast<double>(results.size());
      for (Result& result : results) {
        const WithTarget forced(result.target);
        const auto kernel_start = Clock::now();
        chunk.RunKernel(result);
        result.seconds += share + SecondsSince(kernel_start);
        result.mpfr_calls += asked;
      }
      done += static_cast<double>(expected.size());
      if (progress) progress(done / static_cast<double>(job.count) / static_cast<double>(job.sets.size()));
    }
  }
  return results;
}

}  // namespace

std::vector<Result> Prove(const Job& job, const std::function<void(double)>& progress) {
  switch (job.format) {
    case Format::float32: return ProveIn<Format::float32>(job, progress);
    case Format::float64: return ProveIn<Format::float64>(job, progress);
    case Format::float16: return ProveIn<Format::float16>(job, progress);
    case Format::bfloat16: return ProveIn<Format::bfloat16>(job, progress);
  }
  return {};
}

double PromisedError(const Job& job) {
  if (job.format == Format::float64) return 0.52;
  if (job.accuracy == ELU_ACCURATE || job.format != Format::float32 || job.function->from_output) return 0.5;
  const auto is_one = [](const elu_params& p) { return p.alpha == 1 && p.scale == 1 && p.input_scale == 1; };
  return !job.function->parameters || std::all_of(job.sets.begin(), job.sets.end(), is_one) ? 1 : 2;
}

bool KeepsPromise(const Job& job, const Result& result) {
  const double promised = PromisedError(job);
  if (promised == 0.5 && result.misrounded > 0) return false;
  return result.inputs > 0 && result.faults == 0 && result.error <= promised;
}

}  // namespace elu::proof
