#include "cli/timing/rounds.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <memory>
#include <random>

#include "elu/elu.hpp"

namespace elu::cli {
namespace {

constexpr std::size_t kBlock = 1 << 16;      // so many random numbers, repeated in larger arrays
constexpr std::size_t kPerSample = 1 << 16;  // at least so many elements between two looks at the clock

// Inputs and output of one type and size: normal numbers x and dy, in the place of ddx the outputs f(x).
class Arrays {
 public:
  Arrays(const Dtype& dtype, std::size_t n, const Params& params)
      : n_(n),
        bytes_(n * dtype.bytes),
        stride_((bytes_ / kLine + kApart) * kLine),
        params_(detail::ToC(params)),
        memory_(std::make_unique_for_overwrite<std::byte[]>(kArrays * stride_ + kLine)) {
    std::vector<double> x(kBlock);
    std::mt19937 generator(0);
    std::normal_distribution<double> normal;
    std::ranges::generate(x, [&] { return normal(generator); });
    Fill(kX, dtype.store(x));
    std::rotate(x.begin(), x.begin() + kBlock / 3, x.end());
    Fill(kDy, dtype.store(x));
    std::memset(At(kOut), 0, bytes_);  // the pages are there before the clock runs
    detail::Check("bench",
                  dtype.call(FindFunction("forward"), nullptr, nullptr, At(kX), At(kY), n_, params_, ELU_ACCURATE),
                  params);
  }

  void Run(const Kernel& kernel) {
    const void* x = At(kernel.function->from_output ? kY : kX);
    kernel.dtype->call(*kernel.function, At(kY), At(kDy), x, At(kOut), n_, params_, kernel.accuracy);
  }
  void RunMemcpy() { std::memcpy(At(kOut), At(kX), bytes_); }
  void RunSimple(SimpleFunction function) { function(At(kX), At(kOut), n_); }

 private:
  enum Place { kX, kDy, kY, kOut, kArrays };
  // Arrays of a power of two would share the sets of a cache if they did not begin some lines apart.
  static constexpr std::size_t kLine = 64, kApart = 5;

  std::byte* At(Place place) {
    void* first = memory_.get();
    std::size_t space = kArrays * stride_ + kLine;
    return static_cast<std::byte*>(std::align(kLine, kArrays * stride_, first, space)) + place * stride_;
  }

  void Fill(Place place, const std::vector<std::byte>& block) {
    for (std::size_t i = 0; i < bytes_; i += block.size()) {
      std::memcpy(At(place) + i, block.data(), std::min(block.size(), bytes_ - i));
    }
  }

  std::size_t n_, bytes_, stride_;
  elu_params params_;
  std::unique_ptr<std::byte[]> memory_;
};

struct Contestant {
  std::string function, accuracy;
  int arrays;  // read and written
  std::function<void()> run;
  std::vector<double> ns = {};  // of each round
};

std::vector<Contestant> Contestants(const std::vector<Kernel>& kernels, const std::vector<Peer>& peers,
                                    Arrays& arrays) {
  const auto simple = [&arrays](const Peer& peer) -> Contestant {
    return {peer.name, "", 2, [&arrays, function = peer.function] { arrays.RunSimple(function); }};
  };
  std::vector<Contestant> contestants = {{"memcpy", "", 2, [&arrays] { arrays.RunMemcpy(); }},
                                         simple({"relu", VectorRelu(kernels.front().dtype->kind)})};
  for (const Kernel& kernel : kernels) {
    contestants.push_back({kernel.function->name, AccuracyName(kernel.accuracy), kernel.function->inputs + 1,
                           [&arrays, &kernel] { arrays.Run(kernel); }});
  }
  for (const Peer& peer : peers) contestants.push_back(simple(peer));
  return contestants;
}

void RunRound(std::vector<Contestant>& contestants, std::size_t n) {
  const std::size_t calls = std::max<std::size_t>(1, kPerSample / n);
  for (Contestant& contestant : contestants) {
    const auto start = Clock::now();
    for (std::size_t i = 0; i < calls; ++i) contestant.run();
    const double ns = std::chrono::duration<double, std::nano>(Clock::now() - start).count();
    contestant.ns.push_back(ns / static_cast<double>(calls * n));
  }
}

Measurement Summary(Contestant& contestant, const Dtype& dtype, std::size_t n) {
  std::vector<double>& ns = contestant.ns;
  std::ranges::sort(ns);
  const std::size_t last = ns.size() - 1;
  const double median = ns[ns.size() / 2];
  const double bytes = contestant.arrays * static_cast<double>(dtype.bytes);
  return {contestant.function, contestant.accuracy, &dtype,         n,   ns.size(), median,
          ns[last / 4],        ns[last - last / 4], bytes / median, 0.0, 0.0};
}

}  // namespace

std::vector<Measurement> MeasureInTurns(const std::vector<Kernel>& kernels, const Params& params, std::size_t n,
                                        Clock::time_point end, const std::vector<Peer>& peers) {
  const Dtype& dtype = *kernels.front().dtype;
  Arrays arrays(dtype, n, params);
  std::vector<Contestant> contestants = Contestants(kernels, peers, arrays);
  Clock::duration longest{};
  Clock::time_point now = Clock::now();
  do {
    const auto start = now;
    RunRound(contestants, n);
    now = Clock::now();
    longest = std::max(longest, now - start);
  } while (now + longest < end);
  std::vector<Measurement> results;
  for (Contestant& contestant : contestants) results.push_back(Summary(contestant, dtype, n));
  for (Measurement& result : results) {
    result.to_memcpy = result.ns / results[0].ns;
    result.to_relu = result.ns / results[1].ns;
  }
  return results;
}

}  // namespace elu::cli
