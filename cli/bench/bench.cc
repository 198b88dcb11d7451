// elu bench: what the functions cost on this machine, beside memcpy and ReLU.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <map>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "cli/bench/report.h"
#include "cli/commands.h"
#include "cli/kernel/number.h"
#include "cli/kernel/selection.h"
#include "cli/timing/rounds.h"
#include "program/help.h"
#include "program/text.h"

namespace elu::cli {
namespace {

constexpr const char* kBenchExamples =
    "  elu bench                                  every function, 10 s\n"
    "  elu bench --function forward --dtype f32   one function: more rounds of it\n"
    "  elu bench --alpha 0.5 --size 1000,1000000  your own parameters and sizes\n"
    "  elu bench --json >bench.json               the same for a program\n"
    "  ELU_TARGET=AVX2 elu bench                  on another instruction set";

constexpr const char* kBenchNotes =
    "Times are medians of rounds in which all take turns, +- half the distance of their quartiles;\n"
    "GB/s counts what is read and written; x memcpy, x ReLU: the time over theirs at this type and size.";

constexpr std::size_t kLargest = std::size_t{1} << 28;
constexpr double kShortest = 0.1, kLongest = 3600;

struct BenchRequest {
  Selection selection;
  std::vector<std::size_t> sizes = {1 << 12, 1 << 18, 1 << 24};  // L1 cache; L2 or L3; memory
  double seconds = 10;
  bool json = false;
};

using Seconds = std::chrono::duration<double>;

// The rounds of one type at one size.
struct Stage {
  const Dtype* dtype;
  std::vector<Kernel> kernels;
  std::size_t n;
  double weight;  // of its time: what is left is shared in this proportion
};

std::vector<Stage> Stages(const BenchRequest& request) {
  std::vector<std::size_t> sizes = request.sizes;
  std::ranges::sort(sizes);
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  const std::vector<Kernel> kernels = SelectedKernels(request.selection);
  std::vector<Stage> stages;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    for (const std::string& option : DtypeOptions()) {
      Stage stage = {&FindDtype(option), {}, sizes[i], 1.0 + static_cast<double>(i)};
      std::ranges::copy_if(kernels, std::back_inserter(stage.kernels),
                           [&](const Kernel& kernel) { return kernel.dtype == stage.dtype; });
      if (!stage.kernels.empty()) stages.push_back(stage);
    }
  }
  return stages;
}

// At least what a stage takes: filling four arrays of new pages, two bytes a nanosecond, and a round at the cost of the
// next smaller size.
double LeastSeconds(const Stage& stage, double ns_of_all) {
  return 1e-9 * static_cast<double>(stage.n) * (2.0 * static_cast<double>(stage.dtype->bytes) + ns_of_all);
}

double NsOfAll(const std::vector<Measurement>& results) {
  double sum = 0;
  for (const Measurement& m : results) sum += m.ns;
  return sum;
}

std::vector<Measurement> Measure(const Stage& stage, const Params& params, Clock::time_point end) {
  try {
    return MeasureInTurns(stage.kernels, params, stage.n, end);
  } catch (const std::bad_alloc&) {
    throw std::runtime_error("no memory for arrays of " + program::WithCommas(stage.n) +
                             " elements; a smaller --size needs less");
  }
}

void Bench(const BenchRequest& request, Clock::time_point start) {
  const std::vector<Stage> stages = Stages(request);
  const auto end = start + std::chrono::duration_cast<Clock::duration>(Seconds(request.seconds));
  double weights = 0;
  for (const Stage& stage : stages) weights += stage.weight;
  BenchReport report(request.json, request.selection.params);
  std::map<const Dtype*, double> ns_of_all;  // in rounds of the last size
  std::string left_out;
  for (const Stage& stage : stages) {
    const auto now = Clock::now();
    const Seconds share = Seconds(end - now) * (stage.weight / weights);
    weights -= stage.weight;
    const auto known = ns_of_all.find(stage.dtype);
    if (known != ns_of_all.end() && share.count() < LeastSeconds(stage, known->second)) {
      left_out += (left_out.empty() ? "" : ", ") + std::to_string(stage.n) + " of " + stage.dtype->option;
      continue;
    }
    const auto results =
        Measure(stage, request.selection.params, now + std::chrono::duration_cast<Clock::duration>(share));
    ns_of_all[stage.dtype] = NsOfAll(results);
    report.Add(results);
  }
  report.Finish();
  if (!left_out.empty()) {
    std::fprintf(stderr, "elu: left out for want of time, see --seconds: %s\n", left_out.c_str());
  }
}

std::string FaultOfSeconds(const std::string& text) {
  const auto seconds = ParseNumber<double>(text);
  const bool good = seconds && *seconds >= kShortest && *seconds <= kLongest;
  return good ? "" : "'" + text + "' is no number from 0.1 to 3600";
}

// Of "1e6", "256k" or "4Ki" the digits.
std::string TakeSize(std::string& text) {
  constexpr std::pair<const char*, double> kUnits[] = {
      {"Ki", 0x1p10}, {"Mi", 0x1p20}, {"k", 1e3}, {"K", 1e3}, {"M", 1e6}};
  double unit = 1;
  std::string digits = text;
  for (const auto& [name, factor] : kUnits) {
    if (!digits.ends_with(name)) continue;
    digits.resize(digits.size() - std::strlen(name));
    unit = factor;
    break;
  }
  const auto number = ParseNumber<double>(digits);
  const double size = number ? *number * unit : 0;
  if (!(size >= 1 && size <= static_cast<double>(kLargest)) || size != std::floor(size)) {
    return "'" + text + "' is no whole number from 1 to " + std::to_string(kLargest) + ", such as 4096, 4Ki or 1e6";
  }
  text = std::to_string(static_cast<std::size_t>(size));
  return "";
}

}  // namespace

void AddBench(CLI::App& app) {
  auto request = std::make_shared<BenchRequest>();
  CLI::App* bench = app.add_subcommand("bench", "time the functions beside memcpy and ReLU on this machine");
  AddSelection(*bench, request->selection);
  bench->add_option("--size", request->sizes, "elements an array, several with commas between them")
      ->delimiter(',')
      ->transform(CLI::Validator(TakeSize, ""))
      ->capture_default_str();
  bench->add_option("--seconds", request->seconds, "time for everything; at least one round is run")
      ->check(FaultOfSeconds)
      ->capture_default_str();
  bench->add_flag("--json", request->json, "print JSON");
  program::SetHelp(*bench, kBenchExamples);
  bench->footer(kBenchNotes);
  bench->callback([request] { Bench(*request, Clock::now()); });
}

}  // namespace elu::cli
