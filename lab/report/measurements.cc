// What was measured apart from training: robustness, times, initialisation.
#include <algorithm>
#include <cmath>

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
