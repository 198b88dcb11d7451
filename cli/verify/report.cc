#include "cli/verify/report.h"

#include <cmath>
#include <cstdio>
#include <string>

#include "cli/kernel/selection.h"
#include "program/text.h"

namespace elu::cli {
namespace {

using program::Format;
using proof::Job;
using proof::Result;

const char* DtypeName(proof::Format format) {
  constexpr const char* kNames[] = {"f32", "f64", "f16", "bf16"};
  return kNames[static_cast<int>(format)];
}

std::string Parameters(const elu_params& p) {
  std::string text = Format("alpha %.9g", p.alpha);
  if (p.scale != 1) text += Format(", scale %.9g", p.scale);
  if (p.input_scale != 1) text += Format(", input_scale %.9g", p.input_scale);
  return text;
}

std::string Parameters(const Job& job) {
  if (!job.function->parameters) return "none";
  if (job.sets.size() == 1) return Parameters(job.sets.front());
  return Format("%zu alphas, %g to %g", job.sets.size(), job.sets.front().alpha, job.sets.back().alpha);
}

// Of several floats or of three 16-bit numbers the further ones are drawn at random.
bool EveryInput(const Job& job) {
  const bool half = job.format == proof::Format::float16 || job.format == proof::Format::bfloat16;
  const bool countable = job.format != proof::Format::float64 && job.function->inputs <= (half ? 2 : 1);
  return countable && job.stride == 1 && job.count == proof::AllInputs(*job.function, job.format);
}

// The factors first, as the functions take them; hexadecimal, so that nothing is lost.
std::string Where(const Job& job, const Result& result) {
  std::string text;
  if (job.function->inputs > 2) text += Format("ddx=%a ", result.at.ddx);
  if (job.function->inputs > 1) text += Format("dy=%a ", result.at.dy);
  text += Format("%s=%a", job.function->from_output ? "y" : "x", result.at.x);
  if (job.sets.size() > 1) text += " at " + Parameters(result.params);
  return text;
}

void PrintRow(const Job& job, const Result& result, bool kept) {
  std::printf("%-22s %-5s %-8s %-26s %-6s %18s %8.5f %-13s %9llu %7.1f  %s\n", job.function->name,
              DtypeName(job.format), AccuracyName(job.accuracy), Parameters(job).c_str(), result.target.c_str(),
              ((EveryInput(job) ? "all " : "") + program::WithCommas(result.inputs)).c_str(), result.error,
              kept ? "kept" : "BROKEN", static_cast<unsigned long long>(result.misrounded), result.seconds,
              Where(job, result).c_str());
}

// JSON knows neither infinity nor NaN.
std::string Number(double v) { return std::isfinite(v) ? Format("%.17g", v) : "null"; }

void PrintObject(const Job& job, const Result& result, bool kept) {
  const elu_params& p = job.sets.front();
  std::printf("  {\"function\": \"%s\", \"dtype\": \"%s\", \"accuracy\": \"%s\", ", job.function->name,
              DtypeName(job.format), AccuracyName(job.accuracy));
  if (job.sets.size() == 1) {
    std::printf("\"alpha\": %.17g, \"scale\": %.17g, \"input_scale\": %.17g, ", p.alpha, p.scale, p.input_scale);
  } else {
    std::printf("\"alphas\": %zu, \"alpha_from\": %.17g, \"alpha_to\": %.17g, \"worst_alpha\": %.17g, ",
                job.sets.size(), p.alpha, job.sets.back().alpha, result.params.alpha);
  }
  std::printf("\"target\": \"%s\", \"inputs\": %llu, \"all\": %s, \"worst_error_ulp\": %s, \"worst_%s\": \"%a\", ",
              result.target.c_str(), static_cast<unsigned long long>(result.inputs), EveryInput(job) ? "true" : "false",
              Number(result.error).c_str(), job.function->from_output ? "y" : "x", result.at.x);
  if (job.function->inputs > 1) std::printf("\"worst_dy\": \"%a\", ", result.at.dy);
  if (job.function->inputs > 2) std::printf("\"worst_ddx\": \"%a\", ", result.at.ddx);
  std::printf("\"misrounded\": %llu, \"mpfr_calls\": %llu, \"seconds\": %.3f, \"promise_kept\": %s}",
              static_cast<unsigned long long>(result.misrounded), static_cast<unsigned long long>(result.mpfr_calls),
              result.seconds, kept ? "true" : "false");
}

}  // namespace

VerifyReport::VerifyReport(bool json) : json_(json) {}

void VerifyReport::Progress(const Job& job, double part) {
  progress_.Show(std::string(job.function->name) + " " + DtypeName(job.format), part);
}

bool VerifyReport::Add(const Job& job, const Result& result) {
  progress_.Clear();
  const bool kept = proof::KeepsPromise(job, result);
  if (json_) {
    std::fputs(rows_ == 0 ? "[\n" : ",\n", stdout);
    PrintObject(job, result, kept);
  } else {
    if (rows_ == 0) {
      std::printf("%-22s %-5s %-8s %-26s %-6s %18s %8s %-13s %9s %7s  %s\n", "function", "dtype", "accuracy",
                  "parameters", "target", "inputs", "ulp", "promise", "misrounded", "seconds", "worst at");
    }
    PrintRow(job, result, kept);
  }
  std::fflush(stdout);
  ++rows_;
  return kept;
}

void VerifyReport::Finish() {
  if (json_) std::fputs(rows_ == 0 ? "[]\n" : "\n]\n", stdout);
}

}  // namespace elu::cli
