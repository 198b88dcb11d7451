// What was measured apart from training: robustness, times, initialisation.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "elu/statistics.hpp"
#include "lab/report/parts.h"
#include "lab/verdicts/words.h"
#include "program/text.h"

namespace elu_lab {
namespace {

using program::Format;

Points Accuracies(const std::vector<RobustnessPoint>& list) {
  Points points;
  for (const RobustnessPoint& point : list) {
    points.x.push_back(point.strength);
    points.y.push_back(point.accuracy);
  }
  return points;
}

std::string OrNone(const char* format, double number) {
  return std::isfinite(number) ? Format(format, number) : "not measured";
}

// A figure for each gain, a line for each activation.
std::string VarianceCharts(const Comparison& comparison, const std::string& network,
                           const std::vector<VarianceCurve>& curves) {
  std::vector<std::string> gains;
  std::vector<Chart> charts;
  for (const VarianceCurve& curve : curves) {
    const auto place = static_cast<size_t>(std::ranges::find(gains, curve.gain_name) - gains.begin());
    if (place == gains.size()) {
      gains.push_back(curve.gain_name);
      charts.push_back({"Variance of pre-activations, " + network + ", gain of " + curve.gain_name,
                        {"layer", false, true},
                        {"variance", true},
                        {}});
    }
    Series series = {.label = curve.label, .style = StyleOf(comparison, curve.label)};
    if (std::isfinite(curve.gain)) series.label += Format(", gain %.4f", curve.gain);
    for (size_t depth = 0; depth < curve.variance.size(); ++depth) {
      series.x.push_back(static_cast<double>(depth + 1));
      series.y.push_back(curve.variance[depth]);
    }
    charts[place].series.push_back(series);
  }
  std::string html;
  for (const Chart& chart : charts) html += ChartAsHtml(chart);
  return Figures(html);
}

// Adds the figures of layers to those of the same ones.
void Add(const std::vector<LayerNoise>& layers, std::vector<LayerNoise>& sums) {
  for (size_t i = 0; i < std::min(layers.size(), sums.size()); ++i) {
    sums[i].mean += layers[i].mean;
    sums[i].deviation += layers[i].deviation;
    sums[i].negative_share += layers[i].negative_share;
    for (size_t j = 0; j < std::min(layers[i].transmitted.size(), sums[i].transmitted.size()); ++j) {
      sums[i].transmitted[j].sigma += layers[i].transmitted[j].sigma;
      sums[i].transmitted[j].negative += layers[i].transmitted[j].negative;
      sums[i].transmitted[j].everywhere += layers[i].transmitted[j].everywhere;
    }
  }
}

// E[f'(z)^2 | z < 0] for normal z of the layer's mean and deviation: the share of the variance of small noise that
// passes there. NaN where the activation is not of the ELU family.
double PassedBelow(const Variant& variant, double mean, double deviation) {
  if (variant.activation == "relu") return 0;
  if (variant.activation != "elu") return std::numeric_limits<double>::quiet_NaN();
  const double below = 0.5 * std::erfc(mean / deviation / std::numbers::sqrt2);
  const elu::Moments moments = elu::moments_of_normal(mean, deviation, {.alpha = variant.alpha});
  return (moments.derivative_second_moment - (1 - below)) / below;
}

// A row for each layer and sigma.
std::vector<std::vector<std::string>> NoiseRows(const Comparison& comparison, const Variant& variant) {
  std::vector<LayerNoise> sums;
  double runs = 0;
  for (const ComparedRun& run : comparison.runs) {
    if (run.variant != comparison.IndexOf(variant) || run.preactivation_noise.empty()) continue;
    if (++runs == 1) {
      sums = run.preactivation_noise.layers;
    } else {
      Add(run.preactivation_noise.layers, sums);
    }
  }
  std::vector<std::vector<std::string>> rows;
  for (const LayerNoise& layer : sums) {
    const std::string name = program::Escaped(variant.label + ", " + NormText(variant.norm) + ": " + layer.name);
    const double passed = PassedBelow(variant, layer.mean / runs, layer.deviation / runs);
    for (const NoisePoint& point : layer.transmitted) {
      rows.push_back({name, Format("%.1f %%", 100 * layer.negative_share / runs),
                      std::isfinite(passed) ? Format("%.1f %%", 100 * passed) : "no closed form here",
                      Format("%g", point.sigma / runs), Format("%.1f %%", 100 * point.negative / runs),
                      Format("%.1f %%", 100 * point.everywhere / runs)});
    }
  }
  return rows;
}

std::string TimeTable(const Comparison& comparison, const Timing& timing, const std::string& caption) {
  std::vector<std::vector<std::string>> rows;
  for (const StepTimes& times : timing.step_times) {
    const Variant& variant = comparison.variants[times.variant];
    const double step = Quantile(times.step, 0.5), activation = Quantile(times.activation, 0.5);
    rows.push_back({program::Escaped(variant.label) + ", " + NormText(variant.norm), OrNone("%.2f", step),
                    OrNone("%.2f", activation), OrNone("%.1f %%", 100 * activation / step),
                    Format("%zu", times.step.size())});
  }
  return Table(caption, {"Variant", "Step, ms", "Its activation layers, ms", "Their share", "Rounds"}, rows);
}

}  // namespace

std::string RobustnessSection(const Comparison& comparison) {
  std::string body;
  for (const Group& group : GroupsOf(comparison, true)) {
    std::string charts =
        GroupChart(comparison, group, "Accuracy under noise", {"sigma, in deviations of the images"},
                   {"share of right answers"}, [](const ComparedRun& run) { return Accuracies(run.robustness.noise); });
    charts += GroupChart(comparison, group, "Accuracy under outliers", {"share of pixel values black or white"},
                         {"share of right answers"},
                         [](const ComparedRun& run) { return Accuracies(run.robustness.outliers); });
    body += Figures(charts);
  }
  return Section("Robustness to noise and outliers", body, "No run has been tested under noise yet.");
}

std::string PreactivationNoiseSection(const Comparison& comparison) {
  std::vector<std::vector<std::string>> rows;
  for (const Variant& variant : comparison.variants) {
    if (variant.learning_rate_factor != 1) continue;
    for (std::vector<std::string>& row : NoiseRows(comparison, variant)) rows.push_back(std::move(row));
  }
  const std::string body =
      rows.empty()
          ? ""
          : Table(
                "Noise of sigma deviations added to a layer's pre-activations z: the share of its variance that "
                "leaves the activations; means over runs",
                {"Layer", "z < 0", "Small noise at normal z < 0, closed form", "sigma", "Where z < 0", "Everywhere"},
                rows);
  return Section("Noise in pre-activations", body, "No run was tested under noise in its pre-activations.");
}

std::string TimeSection(const Comparison& comparison) {
  const std::vector<Timing> timings = comparison.Timings();
  std::string body;
  for (const Timing& timing : timings) {
    const bool several = timings.size() > 1 || comparison.Machines().size() > 1;
    const std::string where = several ? ", on " + MachineText(timing.machine) : "";
    body += TimeTable(comparison, timing, "Medians of rounds in which the variants take turns" + where);
  }
  return Section("Time of a step", body, "Not measured yet: it follows the training.");
}

std::string InitialisationSection(const Comparison& comparison) {
  return Section("Initialisation",
                 VarianceCharts(comparison, "deep linear layers", comparison.initialisation.linear) +
                     VarianceCharts(comparison, "the network of the comparison", comparison.initialisation.convnet),
                 "Not measured yet: it follows the training.");
}

}  // namespace elu_lab
