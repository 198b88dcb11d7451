#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "lab/command/commands.h"
#include "lab/report/report.h"
#include "lab/results/file.h"
#include "lab/verdicts/verdicts.h"
#include "program/help.h"
#include "program/pending_file.h"

namespace elu_lab {

namespace {

// Throws CLI::ValidationError where a file to write is one that is read.
void RefuseInputs(const char* option, const std::filesystem::path& output,
                  const std::vector<std::filesystem::path>& comparisons) {
  std::error_code error;
  for (const std::filesystem::path& comparison : comparisons) {
    for (const std::filesystem::path& read : {comparison, comparison / "results.json"}) {
      if (!std::filesystem::equivalent(output, read, error) || std::filesystem::is_directory(output, error)) continue;
      throw CLI::ValidationError(option, output.string() + " is a comparison's results.json, which is read");
    }
  }
}

void WriteFigure(const std::filesystem::path& svg, const Comparison& comparison, const std::filesystem::path& path) {
  const std::string figure = LossFigure(comparison);
  if (figure.empty()) throw std::runtime_error(path.string() + ": no run is complete, there is nothing to draw");
  program::WriteFile(svg, figure);
}

// Reads each comparison once.
void Report(const std::vector<std::filesystem::path>& paths, const std::filesystem::path& html,
            const std::filesystem::path& figure) {
  std::vector<Comparison> comparisons;
  std::ranges::transform(paths, std::back_inserter(comparisons), ReadComparison);
  std::vector<Judged> judged;
  std::ranges::transform(comparisons, std::back_inserter(judged), JudgeComparison);
  WriteReport(judged, html);
  if (!figure.empty()) WriteFigure(figure, comparisons.front(), paths.front());
  std::cout << VerdictsAsText(judged);
}

}  // namespace

Command AddReport(CLI::App& app) {
  const auto comparisons = std::make_shared<std::vector<std::filesystem::path>>();
  const auto html = std::make_shared<std::filesystem::path>(), figure = std::make_shared<std::filesystem::path>();
  CLI::App* report = app.add_subcommand("report", "verdicts and figures of comparisons, finished or not");
  program::SetHelp(*report,
                   "  elu-lab report out/full --output report.html\n"
                   "  elu-lab report out/full out/rates --output report.html --figure loss.svg");
  report->add_option("COMPARISON", *comparisons, "folders that compare wrote, or their results.json")->required();
  report->add_option("--output", *html, "HTML file to write, with all that it needs")->required();
  report->add_option("--figure", *figure, "SVG file to write: the training loss of the first comparison");
  report->final_callback([comparisons, html, figure] {
    RefuseInputs("--output", *html, *comparisons);
    RefuseInputs("--figure", *figure, *comparisons);
  });
  return {report, [comparisons, html, figure] {
            Report(*comparisons, *html, *figure);
            return 0;
          }};
}

}  // namespace elu_lab
