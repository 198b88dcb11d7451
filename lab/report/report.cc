#include "lab/report/report.h"

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "figures/style.h"
#include "lab/report/parts.h"
#include "lab/results/comparison.h"
#include "lab/verdicts/verdicts.h"
#include "program/pending_file.h"
#include "program/text.h"

namespace elu_lab {
namespace {

std::vector<Comparison> ReadAll(const std::vector<std::filesystem::path>& paths) {
  std::vector<Comparison> comparisons;
  for (const std::filesystem::path& path : paths) comparisons.push_back(ReadComparison(path));
  return comparisons;
}

std::string ComparisonAsHtml(const Comparison& comparison, size_t number) {
  return program::Format("<section id=\"comparison-%zu\">", number) + "<h2>Comparison " +
         program::Escaped(comparison.name) + "</h2>\n" + SettingsSection(comparison) + ResultsSection(comparison) +
         CurveSection(comparison) + ActivationSection(comparison) + DeadSection(comparison) +
         GradientSection(comparison) + RobustnessSection(comparison) + TimeSection(comparison) +
         LearningRateSection(comparison) + InitialisationSection(comparison) + "</section>\n";
}

std::string ReportAsHtml(const std::vector<Comparison>& comparisons) {
  std::string links = "<a href=\"#verdicts\">Verdicts</a> ", sections;
  for (size_t i = 0; i < comparisons.size(); ++i) {
    links += program::Format("<a href=\"#comparison-%zu\">", i + 1) + program::Escaped(comparisons[i].name) + "</a> ";
    sections += ComparisonAsHtml(comparisons[i], i + 1);
  }
  return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<title>Activations compared</title>\n<style>" +
         std::string(kReportStyle) +
         "</style></head>\n<body>\n<header><h1>Activations compared: should it be ELU, and " +
         "with which alpha?</h1>\n<nav aria-label=\"Parts\">" + links +
         "<a href=\"#reading\">How to read this</a></nav></header>\n<main>\n" + VerdictSection(comparisons) + sections +
         ReadingSection() + "</main>\n</body></html>\n";
}

}  // namespace

void WriteReport(const std::vector<std::filesystem::path>& comparisons, const std::filesystem::path& html) {
  program::WriteFile(html, ReportAsHtml(ReadAll(comparisons)));
}

void WriteLossFigure(const std::filesystem::path& path, const std::filesystem::path& svg) {
  const Comparison comparison = ReadComparison(path);
  const std::vector<Group> groups = GroupsOf(comparison, true);
  const std::string figure =
      groups.empty() ? "" : ChartAsSvg(TrainingLossChart(comparison, groups.front()), kReportStyle);
  if (figure.empty()) throw std::runtime_error(path.string() + ": no run is complete, there is nothing to draw");
  program::WriteFile(svg, figure);
}

std::string VerdictsAsText(const std::vector<std::filesystem::path>& comparisons) {
  return VerdictsAsText(ReadAll(comparisons));
}

}  // namespace elu_lab
