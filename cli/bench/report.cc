#include "cli/bench/report.h"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <string>

#include "program/processor.h"
#include "program/text.h"

namespace elu::cli {
namespace {

constexpr int kBar = 60;

// Without what JSON would have to escape.
std::string Processor() {
  std::string name = program::ProcessorName().value_or("unknown processor");
  std::erase_if(name, [](char c) { return c < ' ' || c > '~' || c == '"' || c == '\\'; });
  return name;
}

// "256 Ki" for 262,144.
std::string Elements(std::size_t n) {
  if (n >= 1 << 20 && n % (1 << 20) == 0) return std::to_string(n >> 20) + " Mi";
  if (n >= 1 << 10 && n % (1 << 10) == 0) return std::to_string(n >> 10) + " Ki";
  return program::WithCommas(n);
}

// Half the distance between the quartiles, in percent of the median.
double Spread(const Measurement& m) { return 50 * (m.upper - m.lower) / m.ns; }

void PrintRow(const Measurement& m) {
  std::printf("%-22s %-5s %-8s %8s %10.4f %4.0f %% %7.1f %8.2f %7.2f\n", m.function.c_str(), m.dtype->option,
              m.accuracy.c_str(), Elements(m.n).c_str(), m.ns, Spread(m), m.gigabytes, m.to_memcpy, m.to_relu);
}

void PrintObject(const Measurement& m, const char* separator) {
  std::printf("%s\n  {\"function\": \"%s\", \"dtype\": \"%s\", \"accuracy\": %s, \"elements\": %zu, \"rounds\": %zu, ",
              separator, m.function.c_str(), m.dtype->option,
              m.accuracy.empty() ? "null" : program::Format("\"%s\"", m.accuracy.c_str()).c_str(), m.n, m.rounds);
  std::printf("\"ns_per_element\": %.6g, \"quartiles\": [%.6g, %.6g], \"gigabytes_per_second\": %.6g, ", m.ns, m.lower,
              m.upper, m.gigabytes);
  std::printf("\"to_memcpy\": %.6g, \"to_relu\": %.6g}", m.to_memcpy, m.to_relu);
}

// Memcpy, ReLU and the function that came first after them, each with its sizes.
void PrintBars(const std::vector<Measurement>& all) {
  const Dtype* dtype = all.front().dtype;
  const std::string& function = all[2].function;
  std::vector<Measurement> shown;
  std::ranges::copy_if(all, std::back_inserter(shown), [&](const Measurement& m) {
    return m.dtype == dtype && (m.accuracy.empty() || m.function == function);
  });
  const auto kind = [](const Measurement& m) { return m.function + (m.accuracy.empty() ? "" : " ") + m.accuracy; };
  const double longest = std::ranges::max(shown, {}, &Measurement::ns).ns;
  std::printf("\nns an element of %s by the number of elements\n", dtype->option);
  while (!shown.empty()) {
    const std::string name = kind(shown.front());
    std::printf("%s\n", name.c_str());
    for (const Measurement& m : shown) {
      if (kind(m) != name) continue;
      const std::string bar(static_cast<std::size_t>(std::max(1.0, kBar * m.ns / longest)), '#');
      std::printf("%14s  %-*s %8.4f\n", Elements(m.n).c_str(), kBar, bar.c_str(), m.ns);
    }
    std::erase_if(shown, [&](const Measurement& m) { return kind(m) == name; });
  }
}

}  // namespace

BenchReport::BenchReport(bool json, const Params& params) : json_(json) {
  if (json_) {
    std::printf(
        "{\"version\": \"%s\", \"cpu\": \"%s\", \"target\": \"%s\", \"threads\": 1, \"alpha\": %.17g, "
        "\"scale\": %.17g, \"input_scale\": %.17g,\n \"results\": [",
        elu_version(), Processor().c_str(), elu_target(), params.alpha, params.scale, params.input_scale);
    return;
  }
  std::printf("%s, target %s, 1 thread; alpha %g, scale %g, input scale %g\n", Processor().c_str(), elu_target(),
              params.alpha, params.scale, params.input_scale);
}

void BenchReport::Add(const std::vector<Measurement>& results) {
  if (json_) {
    for (const Measurement& m : results) PrintObject(m, all_.empty() && &m == &results.front() ? "" : ",");
  } else {
    if (all_.empty()) {
      std::printf("%-22s %-5s %-8s %8s %10s %6s %7s %8s %7s\n", "function", "dtype", "accuracy", "elements",
                  "ns/element", "+-", "GB/s", "x memcpy", "x ReLU");
    }
    std::ranges::for_each(results, PrintRow);
  }
  std::fflush(stdout);
  all_.insert(all_.end(), results.begin(), results.end());
}

void BenchReport::Finish() { json_ ? static_cast<void>(std::puts("\n ]}")) : PrintBars(all_); }

}  // namespace elu::cli
