// Times elu's kernels and its peers in turns, and measures their errors.
//   elu-bench PLAN [JSON]    PLAN: full, quick, avx2; results go to the file JSON, progress to stderr
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <list>

#include "bench/contestants.h"
#include "bench/errors.h"
#include "bench/inputs.h"
#include "bench/plan.h"
#include "bench/results.h"
#include "bench/timing.h"

namespace {

using bench::Comparison;
using bench::Contestant;

constexpr size_t kLarge = size_t{1} << 24;

bench::Rounds RoundsFor(size_t n, bool quick) {
  if (n >= kLarge) return {quick ? 5 : 21, 0};
  return {quick ? 81 : 201, 0.0005};
}

bool TakesPart(const Contestant& contestant, const bench::Series& series) {
  if (!contestant.absent.empty()) return false;
  if (series.contestants.empty()) return !contestant.only_by_name;
  return std::ranges::find(series.contestants, contestant.name) != series.contestants.end();
}

void Measure(const std::vector<Contestant>& contestants, const Comparison& comparison, bool quick,
             bench::Results* results) {
  std::list<bench::Inputs> inputs;  // alive until all have been timed
  std::vector<bench::Timed> calls;
  std::vector<bench::Row> rows;
  for (const bench::Series& series : comparison.series) {
    const bench::Arrays arrays = inputs.emplace_back(series.task, series.input, comparison.n).arrays();
    for (const Contestant& contestant : contestants) {
      if (!TakesPart(contestant, series)) continue;
      bench::Call call = contestant.prepare(series.task, arrays);
      if (!call.run) continue;
      calls.push_back({contestant.name, call});
      rows.push_back({contestant.name, series.task, series.input, comparison.n});
    }
  }
  bench::TimeInTurns(&calls, RoundsFor(comparison.n, quick));
  for (size_t i = 0; i < calls.size(); ++i) results->Add(rows[i], calls[i].seconds);
  results->EndComparison();
}

// Of all who compute ELU: a contestant that is only named in comparisons is one of the others, differently run.
void MeasureErrors(const std::vector<Contestant>& contestants, bench::Results* results) {
  for (const bench::Task& task : bench::ErrorTasks()) {
    const bench::ErrorMeter meter(task);
    for (const Contestant& contestant : contestants) {
      if (!contestant.computes_elu || !TakesPart(contestant, {task})) continue;
      if (const auto errors = meter.Measure(contestant)) results->Add(contestant.name, task, meter.inputs(), *errors);
    }
  }
}

int Run(const std::string& name, const char* json) {
  const std::vector<Comparison> plan = bench::Plan(name);
  if (plan.empty()) {
    std::fprintf(stderr, "elu-bench: no plan %s; there are full, quick and avx2\n", name.c_str());
    return 2;
  }
  const std::vector<Contestant> contestants = bench::AllContestants(name == "full");
  bench::Results results(contestants);
  for (const Comparison& comparison : plan) Measure(contestants, comparison, name == "quick", &results);
  if (name != "avx2") MeasureErrors(contestants, &results);
  if (json != nullptr) results.Write(json);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    std::fputs("usage: elu-bench full|quick|avx2 [JSON]\n", stderr);
    return 2;
  }
  setenv("OMP_NUM_THREADS", "1", 1);  // read by the peers when they are loaded
  try {
    return Run(argv[1], argc == 3 ? argv[2] : nullptr);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "elu-bench: %s\n", error.what());
    return 1;
  }
}
