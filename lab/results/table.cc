#include "lab/results/table.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "lab/results/statistics.h"
#include "program/text.h"

namespace elu_lab {
namespace {

using program::Format;

using Json = nlohmann::ordered_json;

double Mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

struct Runs {
  std::vector<double> accuracies, losses;  // of those that did not diverge
  size_t diverged = 0;
};

Runs RunsOf(const Json& results, size_t variant) {
  Runs runs;
  for (const Json& run : results.at("runs")) {
    if (run.at("variant") != variant) continue;
    if (run.at("diverged").get<bool>()) {
      ++runs.diverged;
      continue;
    }
    runs.accuracies.push_back(100.0 * run.at("epochs").back().at("test_accuracy").get<double>());
    runs.losses.push_back(run.at("epochs").back().at("train_loss").get<double>());
  }
  return runs;
}

std::string Accuracy(const Runs& runs) {
  if (runs.accuracies.empty()) return Format("%8s %15s %13s", "-", "", "-");
  const auto [least, greatest] = std::ranges::minmax(runs.accuracies);
  const std::string spread = runs.accuracies.size() > 1 ? Format("(%.1f-%.1f)", least, greatest) : "";
  return Format("%6.1f %% %15s %13.4f", Mean(runs.accuracies), spread.c_str(), Mean(runs.losses));
}

// Of a network: the times are filed under the first of the variants that differ in the learning rate alone.
std::string Times(const Json& results, const Json& variant) {
  for (const Json& times : results.value("step_times", Json::array())) {
    const auto step = times.at("step_ms").get<std::vector<double>>();
    const Json& timed = results.at("variants").at(times.at("variant").get<size_t>());
    const bool same = timed.at("label") == variant.at("label") && timed.at("norm") == variant.at("norm");
    if (!same || step.empty()) continue;
    auto share = times.at("activation_ms").get<std::vector<double>>();
    for (size_t i = 0; i < share.size(); ++i) share[i] *= 100.0 / step[i];
    const std::string quartiles = Format("(%.1f-%.1f)", Quantile(step, 0.25), Quantile(step, 0.75));
    return Format("%8.1f ms %15s %8.1f %%", Quantile(step, 0.5), quartiles.c_str(), Quantile(share, 0.5));
  }
  return Format("%8s    %15s %8s", "-", "", "-");
}

}  // namespace

std::string TitleOf(const Json& variant) {
  std::string title = variant.at("label");
  if (variant.at("norm") == "none") title += ", without BatchNorm";
  const double factor = variant.at("learning_rate_factor");
  return factor == 1 ? title : title + ", lr x " + program::ShortestDecimal(factor);
}

std::string SummaryOf(const Json& run) {
  if (run.at("diverged").get<bool>()) {
    const size_t steps = run.at("step_losses").size();
    return Format("diverged after %zu step%s", steps, steps == 1 ? "" : "s");
  }
  const Json& last = run.at("epochs").back();
  return Format("test accuracy %.1f %%, training loss %.4f", 100.0 * last.at("test_accuracy").get<double>(),
                last.at("train_loss").get<double>());
}

std::string ComparisonTable(const Json& results) {
  size_t width = 10;
  for (const Json& variant : results.at("variants")) width = std::max(width, TitleOf(variant).size());
  const auto padded = [width](std::string title) { return title.append(width - title.size(), ' '); };
  std::string table = padded("network") + Format(" %24s %13s %11s %15s %10s\n", "test accuracy (seeds)",
                                                 "training loss", "a step", "(quartiles)", "activation");
  size_t number = 0;
  for (const Json& variant : results.at("variants")) {
    const Runs runs = RunsOf(results, number);
    table += padded(TitleOf(variant)) + " " + Accuracy(runs) + " " + Times(results, variant);
    ++number;
    if (runs.diverged > 0) table += Format("   %zu of %zu diverged", runs.diverged, runs.diverged + runs.losses.size());
    table += "\n";
  }
  if (results.at("settings").at("seeds").size() == 1) table += "one seed: not a ranking\n";
  return table;
}

}  // namespace elu_lab
