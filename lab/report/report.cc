#include "lab/report/report.h"

#include <filesystem>
#include <string>
#include <vector>

#include "figures/style.h"
#include "lab/report/parts.h"
#include "program/pending_file.h"
#include "program/text.h"

namespace elu_lab {
namespace {

using program::Escaped;
using program::Format;

std::string ComparisonAsHtml(const Comparison& comparison, size_t number) {
  return program::Format("<section id=\"comparison-%zu\">", number) + "<h2>Comparison " +
         program::Escaped(comparison.name) + "</h2>\n" + SettingsSection(comparison) + ResultsSection(comparison) +
         CurveSection(comparison) + ActivationSection(comparison) + DeadSection(comparison) +
         GradientSection(comparison) + RobustnessSection(comparison) + PreactivationNoiseSection(comparison) +
         TimeSection(comparison) + LearningRateSection(comparison) + InitialisationSection(comparison) + "</section>\n";
}

std::string ReportAsHtml(const std::vector<Judged>& comparisons) {
  std::string links = "<a href=\"#answer\">Answer</a> <a href=\"#verdicts\">Verdicts</a> ", sections;
  for (size_t i = 0; i < comparisons.size(); ++i) {
    const Comparison& comparison = comparisons[i].comparison;
    links += Format("<a href=\"#comparison-%zu\">", i + 1) + Escaped(comparison.name) + "</a> ";
    sections += ComparisonAsHtml(comparison, i + 1);
  }
  return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<title>Activations compared</title>\n<style>" +
         std::string(kReportStyle) +
         "</style></head>\n<body>\n<header><h1>Activations compared</h1>\n<nav aria-label=\"Parts\">" + links +
         "<a href=\"#reading\">How to read this</a></nav></header>\n<main>\n" + AnswerSection(comparisons) +
         VerdictSection(comparisons) + sections + ReadingSection() + "</main>\n</body></html>\n";
}

}  // namespace

void WriteReport(const std::vector<Judged>& comparisons, const std::filesystem::path& html) {
  program::WriteFile(html, ReportAsHtml(comparisons));
}

std::string LossFigure(const Comparison& comparison) {
  const std::vector<Group> groups = GroupsOf(comparison, true);
  return groups.empty() ? "" : ChartAsSvg(TrainingLossChart(comparison, groups.front()), kReportStyle);
}

}  // namespace elu_lab
