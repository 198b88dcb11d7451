#include "cli/textbook/cost.h"

#include <algorithm>

#include "cli/kernel/selection.h"
#include "cli/textbook/shipped.h"
#include "cli/timing/relu.h"
#include "cli/timing/rounds.h"
#include "program/text.h"

namespace elu::cli {
namespace {

using program::Format;

constexpr std::size_t kSizes[] = {1 << 12, 1 << 18};  // L1 cache; L2 or L3
constexpr std::chrono::milliseconds kTime(100);       // for each

// "6.4 x", "15 x".
std::string Times(double ratio) { return Format(ratio < 9.95 ? "%.1f x" : "%.0f x", ratio); }

struct Cost {
  std::size_t n;
  double relu, leaky, accurate, fast;  // nanoseconds a number
};

Cost Measure(std::size_t n, const Params& params) {
  Selection forward = {.function = "forward", .dtype = "f32", .params = params};
  const std::vector<Kernel> kernels = SelectedKernels(forward);  // accurate and fast
  const auto results = MeasureInTurns(kernels, params, n, Clock::now() + kTime, {{"leaky_relu", VectorLeakyRelu()}});
  return {n, results[1].ns, results[4].ns, results[2].ns, results[3].ns};
}

Fact AsFact(const Cost& cost) {
  const auto times = [&](double ns) { return Times(ns / cost.relu); };
  const std::string json = Format(
      "{\"relu\": %.4g, \"leaky_relu\": %.4g, \"elu_accurate\": %.4g, \"elu_fast\": %.4g, \"elements\": %zu, "
      "\"dtype\": \"f32\"}",
      cost.relu, cost.leaky, cost.accurate, cost.fast, cost.n);
  return {program::WithCommas(cost.n) + " floats",
          Format("forward_of_%zu_ns_per_element", cost.n),
          json,
          {Format("%.3f ns each", cost.relu), times(cost.leaky), times(cost.accurate) + ", fast " + times(cost.fast)}};
}

}  // namespace

Row ComputingCostRow(const Params& params) {
  std::vector<Fact> facts;
  bool more = true;
  for (const std::size_t n : kSizes) {
    const Cost cost = Measure(n, params);
    more = more && std::min(cost.accurate, cost.fast) > cost.relu;
    facts.push_back(AsFact(cost));
  }
  facts.push_back(ShippedFact("of a training step", kShareOfStep, " %"));
  return {"costs more to compute", more ? kTrue : kNotSo, "accurate (the default) and fast, over ReLU's time", facts};
}

}  // namespace elu::cli
