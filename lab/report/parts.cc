#include "lab/report/parts.h"

#include <algorithm>
#include <cmath>

#include "lab/verdicts/words.h"
#include "program/text.h"

namespace elu_lab {

std::string Section(const std::string& title, const std::string& body, const std::string& missing) {
  return "<section><h3>" + title + "</h3>\n" + (body.empty() ? "<p class=\"missing\">" + missing + "</p>\n" : body) +
         "</section>\n";
}

std::string Table(const std::string& caption, const std::vector<std::string>& head,
                  const std::vector<std::vector<std::string>>& rows) {
  std::string html = "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + caption +
                     "\"><table><caption>" + caption + "</caption>\n<thead><tr>";
  for (const std::string& cell : head) html += "<th scope=\"col\">" + cell + "</th>";
  html += "</tr></thead>\n<tbody>\n";
  for (const std::vector<std::string>& row : rows) {
    html += "<tr>";
    for (size_t i = 0; i < row.size(); ++i) {
      html += (i == 0 ? "<th scope=\"row\">" : "<td>") + row[i] + (i == 0 ? "</th>" : "</td>");
    }
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

std::string Figures(const std::string& charts) {
  return charts.empty() ? "" : "<div class=\"figures\">\n" + charts + "</div>\n";
}

std::vector<Group> GroupsOf(const Comparison& comparison, bool factor_one) {
  std::vector<Group> groups;
  for (const Variant& variant : comparison.variants) {
    const double factor = variant.learning_rate_factor;
    if ((factor == 1) != factor_one) continue;
    const std::string title =
        NormText(variant.norm) + (factor_one ? "" : program::Format(", learning rate x %g", factor));
    const auto found = std::ranges::find(groups, title, &Group::title);
    if (found == groups.end()) {
      groups.push_back({title, {&variant}});
    } else {
      found->variants.push_back(&variant);
    }
  }
  return groups;
}

size_t StyleOf(const Comparison& comparison, const std::string& label) {
  std::vector<std::string> labels;
  const auto add = [&labels](const std::string& other) {
    if (std::ranges::find(labels, other) == labels.end()) labels.push_back(other);
  };
  for (const Variant& variant : comparison.variants) add(variant.label);
  for (const auto* curves : {&comparison.initialisation.linear, &comparison.initialisation.convnet}) {
    for (const VarianceCurve& curve : *curves) add(curve.label);
  }
  return static_cast<size_t>(std::ranges::find(labels, label) - labels.begin());
}

Series Averaged(const Comparison& comparison, const Variant& variant,
                const std::function<Points(const ComparedRun&)>& points) {
  std::vector<Points> runs;
  size_t diverged = 0;
  for (const ComparedRun& run : comparison.runs) {
    if (run.variant != comparison.IndexOf(variant)) continue;
    if (run.diverged) {
      ++diverged;
    } else if (Points of_run = points(run); !of_run.y.empty()) {
      runs.push_back(std::move(of_run));
    }
  }
  Series series = {.label = variant.label, .style = StyleOf(comparison, variant.label)};
  if (diverged > 0) series.label += program::Format(" (%zu diverged, not drawn)", diverged);
  if (runs.empty()) return series;
  const size_t length = std::ranges::min(runs, {}, [](const Points& run) { return run.y.size(); }).y.size();
  for (size_t i = 0; i < length; ++i) {
    std::vector<double> finite;
    for (const Points& run : runs) {
      if (std::isfinite(run.y[i])) finite.push_back(run.y[i]);
    }
    if (finite.empty()) continue;
    double sum = 0;
    for (const double value : finite) sum += value;
    series.x.push_back(runs.front().x[i]);
    series.y.push_back(sum / static_cast<double>(finite.size()));
    series.low.push_back(std::ranges::min(finite));
    series.high.push_back(std::ranges::max(finite));
  }
  return series;
}

Chart MakeGroupChart(const Comparison& comparison, const Group& group, const std::string& title, const Axis& x,
                     const Axis& y, const std::function<Points(const ComparedRun&)>& points) {
  Chart chart = {title + ", " + group.title, x, y, {}};
  for (const Variant* variant : group.variants) {
    Series series = Averaged(comparison, *variant, points);
    if (!series.x.empty() || series.label != variant->label) chart.series.push_back(std::move(series));
  }
  return chart;
}

std::string GroupChart(const Comparison& comparison, const Group& group, const std::string& title, const Axis& x,
                       const Axis& y, const std::function<Points(const ComparedRun&)>& points) {
  return ChartAsHtml(MakeGroupChart(comparison, group, title, x, y, points));
}

}  // namespace elu_lab
