#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "lab/command/commands.h"
#include "lab/report/report.h"
#include "program/help.h"

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
            const std::string verdicts = VerdictsAsText(*comparisons);
            WriteReport(*comparisons, *html);
            if (!figure->empty()) WriteLossFigure(comparisons->front(), *figure);
            std::cout << verdicts;
            return 0;
          }};
}

}  // namespace elu_lab
