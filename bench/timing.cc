#include "bench/timing.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace bench {
namespace {

class Collector : public benchmark::BenchmarkReporter {
 public:
  explicit Collector(std::vector<Timed>* calls) : calls_(calls) {}
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.run_type != Run::RT_Iteration) continue;
      (*calls_)[std::stoul(run.run_name.function_name)].seconds.push_back(run.real_accumulated_time /
                                                                          static_cast<double>(run.iterations));
    }
  }

 private:
  std::vector<Timed>* calls_;
};

void Repeat(benchmark::State& state, const Call& call) {
  for (auto _ : state) {
    call.run();
    if (call.seconds != nullptr) state.SetIterationTime(*call.seconds);
  }
}

double Seconds(const Call& call, benchmark::IterationCount times) {
  const auto start = std::chrono::steady_clock::now();
  for (benchmark::IterationCount i = 0; i < times; ++i) call.run();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// So many calls take `seconds`. Google Benchmark would take the first call for typical, which may load code, make
// tables or be interrupted; here it is the least of three that counts.
benchmark::IterationCount IterationsFor(const Call& call, double seconds) {
  call.run();
  for (benchmark::IterationCount times = 1; seconds > 0; times *= 2) {
    const double taken = std::min({Seconds(call, times), Seconds(call, times), Seconds(call, times)});
    const double needed = seconds / taken * static_cast<double>(times);
    if (taken > seconds / 8) return static_cast<benchmark::IterationCount>(std::ceil(needed));
  }
  return 1;
}

void SwitchOnTurns() {
  char name[] = "bench", turns[] = "--benchmark_enable_random_interleaving=true";
  char* arguments[] = {name, turns, nullptr};
  int count = 2;
  benchmark::Initialize(&count, arguments);
}

}  // namespace

void TimeInTurns(std::vector<Timed>* calls, const Rounds& rounds) {
  SwitchOnTurns();
  benchmark::ClearRegisteredBenchmarks();
  for (size_t i = 0; i < calls->size(); ++i) {
    const Call& call = (*calls)[i].call;
    auto* registered = benchmark::RegisterBenchmark(std::to_string(i).c_str(),
                                                    [&call](benchmark::State& state) { Repeat(state, call); });
    registered->Repetitions(rounds.repetitions)->Iterations(IterationsFor(call, rounds.seconds));
    call.seconds != nullptr ? registered->UseManualTime() : registered->UseRealTime();
  }
  Collector collector(calls);
  benchmark::RunSpecifiedBenchmarks(&collector);
}

double Quantile(const std::vector<double>& sorted, double at) {
  const double position = at * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<size_t>(position);
  const double part = position - std::floor(position);
  return part == 0 ? sorted[below] : sorted[below] * (1 - part) + sorted[below + 1] * part;
}

}  // namespace bench
