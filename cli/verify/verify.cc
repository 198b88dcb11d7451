// elu verify: every promise of elu.h, run against the reference.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "cli/commands.h"
#include "cli/kernel/dtype.h"
#include "cli/kernel/selection.h"
#include "cli/verify/plot.h"
#include "cli/verify/report.h"
#include "elu/elu.hpp"
#include "program/help.h"
#include "src/proof/proof.h"
#include "src/proof/with_target.h"

namespace elu::cli {
namespace {

// A table of some two minutes on two cores without options: every 61st float and pair of 16-bit numbers (a prime, so
// that all endings of a significand occur) and ten million samples of float64.
constexpr std::uint64_t kStride = 61;
constexpr std::uint64_t kSamplesInOverview = 10'000'000, kSamples = 100'000'000, kAllSamples = 1'000'000'000;

constexpr const char* kVerifyExamples =
    "  elu verify                                       an overview of everything, about two minutes\n"
    "  elu verify --function forward --dtype f32 --all  every float\n"
    "  elu verify --dtype f32 --alpha 0.3 --all         the proof for your own parameters\n"
    "  elu verify --dtype f64                           100,000,000 samples a function; 1,000,000,000 with --all\n"
    "  elu verify --dtype bf16 --target all             all 16-bit numbers at 1,000 alphas, on every instruction set\n"
    "  elu verify --alpha 0.5 --plot error.svg          error against x: accurate, fast, and exp(x) - 1";

struct VerifyRequest {
  Selection selection;
  std::string target = "best";
  bool own_target = false, all = false, json = false;
  std::uint64_t stride = 0;  // 0: not given
  std::optional<std::filesystem::path> plot;
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());
};

// `best` is the target in use: the machine's best unless the environment forces one.
std::vector<std::string> Targets(const std::string& choice) {
  const std::vector<std::string> available = proof::AvailableTargets();
  if (choice == "all") return available;
  if (choice == "best") return {elu_target()};
  if (std::find(available.begin(), available.end(), choice) != available.end()) return {choice};
  throw NoSuchTarget("--target " + choice);
}

bool Overview(const VerifyRequest& request) {
  return request.selection.function == "all" && request.selection.dtype == "all" && !request.all;
}

void SetInputs(const VerifyRequest& request, proof::Job& job) {
  const std::uint64_t inputs = proof::AllInputs(*job.function, job.format);
  if (job.format == proof::Format::float64) {
    job.count = request.all ? kAllSamples : Overview(request) ? kSamplesInOverview : kSamples;
    job.stride = 1;
    if (request.stride > 0) job.count = (kSamples - 1) / request.stride + 1;
    return;
  }
  const bool everything = request.all || inputs == 1 << 16;
  job.stride = request.stride > 0 ? request.stride : everything ? 1 : kStride;
  job.count = (inputs - 1) / job.stride + 1;
}

proof::Job Plan(const VerifyRequest& request, const Kernel& kernel) {
  const Function& function = *kernel.function;
  const proof::Format format = kernel.dtype->kind;
  proof::Job job{.function = &function, .format = format, .accuracy = kernel.accuracy, .targets = {}};
  job.sets = {detail::ToC(request.selection.params)};
  const bool half = format == proof::Format::float16 || format == proof::Format::bfloat16;
  const bool many = half && function.inputs == 1 && function.parameters && !request.selection.own_params;
  if (many) job.sets = proof::ThousandAlphas();
  if (!function.parameters) job.sets = {{1, 1, 1}};
  job.targets = Targets(many && !request.own_target ? "all" : request.target);
  job.threads = request.threads;
  SetInputs(request, job);
  return job;
}

void Verify(const VerifyRequest& request) {
  if (!reference::Available()) throw std::runtime_error("verify needs MPFR, which this elu was built without");
  const std::vector<Kernel> kernels = SelectedKernels(request.selection);
  if (request.plot) return PlotErrors(request.selection.params, *request.plot);
  Targets(request.target);  // refused before anything runs
  VerifyReport report(request.json);
  std::size_t broken = 0;
  for (const Kernel& kernel : kernels) {
    const proof::Job job = Plan(request, kernel);
    const auto results = proof::Prove(job, [&](double part) { report.Progress(job, part); });
    for (const proof::Result& result : results) broken += report.Add(job, result) ? 0 : 1;
  }
  report.Finish();
  if (broken > 0) throw std::runtime_error(std::to_string(broken) + " of the promises above are broken");
}

// Text that is no stride, for the parser.
std::string FaultOfStride(const std::string& text) {
  constexpr std::uint64_t kLargest = std::uint64_t{1} << 32;
  std::uint64_t stride = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), stride);
  const bool good = error == std::errc() && end == text.data() + text.size() && stride >= 1 && stride <= kLargest;
  return good ? "" : "'" + text + "' is no whole number from 1 to " + std::to_string(kLargest);
}

// A figure instead of the table, of one function in one type.
void AddPlot(CLI::App& verify, VerifyRequest& request) {
  CLI::Option* plot = verify.add_option_function<std::string>(
      "--plot", [&request](const std::string& name) { request.plot = name; },
      "draw forward's error in f32, an .svg or .png file");
  for (const char* option :
       {"--function", "--dtype", "--accuracy", "--target", "--all", "--stride", "--json", "--threads"}) {
    plot->excludes(verify.get_option(option));
  }
}

}  // namespace

void AddVerify(CLI::App& app) {
  auto request = std::make_shared<VerifyRequest>();
  CLI::App* verify = app.add_subcommand("verify", "prove the promised accuracy against exact results");
  AddSelection(*verify, request->selection);
  verify->add_option("--target", request->target, "instruction set: a name, best or all (1,000 alphas: all)")
      ->capture_default_str();
  CLI::Option* all = verify->add_flag("--all", request->all, "every float, 16-bit number or pair; of f64 10^9 samples");
  verify->add_option("--stride", request->stride, "one input in so many; of f64 that part of 100,000,000 samples")
      ->check(FaultOfStride)
      ->excludes(all);
  AddThreads(*verify, request->threads, "threads");
  verify->add_flag("--json", request->json, "an array of objects instead of a table");
  program::SetHelp(*verify, kVerifyExamples);
  verify->footer("Exit status: 0 if every promise is kept, 1 if not.");
  AddPlot(*verify, *request);
  verify->callback([request, verify] {
    request->own_target = verify->count("--target") > 0;
    Verify(*request);
  });
}

}  // namespace elu::cli
