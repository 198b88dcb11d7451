// The report's first screen: the answer in words, and where along the run ELU is behind and where ahead.
#include "lab/verdicts/answer.h"

#include <algorithm>

#include "lab/report/parts.h"
#include "lab/verdicts/loss_difference.h"
#include "program/text.h"

namespace elu_lab {
namespace {

using program::Escaped;

constexpr size_t kPoints = 160;

// ELU's smoothed loss less ReLU's, with its interval.
std::string DifferenceChart(const Comparison& comparison) {
  const auto [elu, relu] = FindAsked(comparison);
  if (elu == nullptr) return "";
  const LossDifference difference =
      PairedLossDifference(comparison, *elu, *relu, comparison.ThresholdOf("every_claim", "confidence"));
  const std::string label = elu->label + " less " + relu->label;
  Series line = {.label = label + ", with its interval", .style = StyleOf(comparison, elu->label)};
  const size_t stride = std::max<size_t>(1, difference.step.size() / kPoints);
  for (size_t i = 0; i < difference.step.size(); i += stride) {
    line.x.push_back(difference.step[i]);
    line.y.push_back(difference.mean[i]);
    line.low.push_back(difference.low[i]);
    line.high.push_back(difference.high[i]);
  }
  if (line.x.empty()) return "";
  Series zero = {.label = "no difference", .style = 6, .x = {line.x.front(), line.x.back()}, .y = {0, 0}};
  return ChartAsHtml({"Training loss: above 0 ELU is behind, below 0 ahead",
                      {"step", false, true},
                      {"difference, nats"},
                      {std::move(line), std::move(zero)}});
}

std::string LossCharts(const Comparison& comparison) {
  std::string charts;
  for (const Group& group : GroupsOf(comparison, true)) charts += ChartAsHtml(TrainingLossChart(comparison, group));
  return charts;
}

}  // namespace

std::string AnswerSection(const std::vector<Judged>& comparisons) {
  std::string html = "<section id=\"answer\"><h2>The answer</h2>\n";
  for (const Judged& judged : comparisons) {
    std::string sentences;
    for (const std::string& sentence : Answer(judged)) sentences += (sentences.empty() ? "" : " ") + Escaped(sentence);
    if (sentences.empty()) sentences = "ELU and ReLU are not both in this comparison yet.";
    html += "<h3>" + Escaped(judged.comparison.name) + "</h3>\n<p>" + sentences + "</p>\n" +
            Figures(DifferenceChart(judged.comparison) + LossCharts(judged.comparison));
  }
  return html + "</section>\n";
}

}  // namespace elu_lab
