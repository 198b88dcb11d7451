#include "bench/results.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "bench/dtypes.h"
#include "bench/timing.h"

namespace bench {
namespace {

// What a field of /proc/cpuinfo says of the first processor, or "unknown".
std::string CpuField(const std::string& name) {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const size_t colon = line.find(": ");
    if (colon != std::string::npos && line.substr(0, line.find_last_not_of("\t", colon - 1) + 1) == name) {
      return line.substr(colon + 2);
    }
  }
  return "unknown";
}

// Virtual machines tell names such as "AMD EPYC" for all generations: family and model are told too.
std::string CpuModel() {
  return CpuField("model name") + ", family " + CpuField("cpu family") + " model " + CpuField("model");
}

nlohmann::json Numbers(const elu_params& p) { return {p.alpha, p.scale, p.input_scale}; }

// JSON has no infinity: null stands for it.
nlohmann::json ToJson(const Worst& worst) { return {{"ulp", worst.ulp}, {"x", worst.x}}; }

// Bytes read and written for one number.
size_t Bytes(const Row& row) {
  const bool two_inputs = row.task.function.starts_with("backward") && row.contestant != "memcpy";
  return Size(row.task.dtype) * (two_inputs ? 3 : 2);
}

}  // namespace

Results::Results(const std::vector<Contestant>& contestants) {
  json_ = {{"cpu", CpuModel()},
           {"instructions", elu_target()},
           {"times", nlohmann::json::array()},
           {"errors", nlohmann::json::array()}};
  for (const Contestant& c : contestants) {
    nlohmann::json entry = {{"name", c.name}, {"version", c.version}};
    if (!c.absent.empty()) {
      entry["absent"] = c.absent;
      std::fprintf(stderr, "%s is absent: %s\n", c.name.c_str(), c.absent.c_str());
    }
    json_["contestants"].push_back(entry);
  }
}

void Results::Add(const Row& row, std::vector<double> seconds) {
  std::ranges::sort(seconds);
  const auto ns = [&](double at) { return Quantile(seconds, at) * 1e9 / static_cast<double>(row.n); };
  json_["times"].push_back({{"comparison", comparison_},
                            {"contestant", row.contestant},
                            {"function", row.task.function},
                            {"dtype", row.task.dtype},
                            {"params", Numbers(row.task.params)},
                            {"input", row.input},
                            {"n", row.n},
                            {"bytes", Bytes(row)},
                            {"repetitions", seconds.size()},
                            {"ns", {{"min", ns(0)}, {"q1", ns(0.25)}, {"median", ns(0.5)}, {"q3", ns(0.75)}}}});
  std::fprintf(stderr, "%-26s %-20s %-4s %-15s %9zu  min %8.4f  median %8.4f ns\n", row.contestant.c_str(),
               row.task.function.c_str(), row.task.dtype.c_str(), row.input.c_str(), row.n, ns(0), ns(0.5));
}

void Results::EndComparison() {
  ++comparison_;
  std::fputc('\n', stderr);
}

void Results::Add(const std::string& contestant, const Task& task, size_t inputs, const Errors& errors) {
  json_["errors"].push_back({{"contestant", contestant},
                             {"function", task.function},
                             {"dtype", task.dtype},
                             {"params", Numbers(task.params)},
                             {"inputs", inputs},
                             {"normal", ToJson(errors.normal)},
                             {"subnormal", ToJson(errors.subnormal)}});
  std::fprintf(stderr, "%-26s %-20s %-4s largest error %.6g ulp, subnormal %.6g ulp\n", contestant.c_str(),
               task.function.c_str(), task.dtype.c_str(), errors.normal.ulp, errors.subnormal.ulp);
}

void Results::Write(const std::string& path) const {
  std::ofstream file(path);
  file << json_.dump(1) << '\n';
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

}  // namespace bench
