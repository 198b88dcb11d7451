#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "commands.h"
#include "help.h"
#include "report.h"

namespace elu_lab {

Command AddReport(CLI::App& app) {
  const auto comparisons = std::make_shared<std::vector<std::filesystem::path>>();
  const auto html = std::make_shared<std::filesystem::path>(), figure = std::make_shared<std::filesystem::path>();
  CLI::App* report = app.add_subcommand("report", "verdicts and figures of comparisons, finished or not");
  SetExamples(*report,
              "  elu-lab report out/full --output report.html\n"
              "  elu-lab report out/full out/rates --output report.html --figure loss.svg");
  report->add_option("COMPARISON", *comparisons, "folders that compare wrote, or their results.json")->required();
  report->add_option("--output", *html, "HTML file to write, with all that it needs")->required();
  report->add_option("--figure", *figure, "SVG file to write: the training loss of the first comparison");
  return {report, [comparisons, html, figure] {
            const std::string verdicts = VerdictsAsText(*comparisons);
            WriteReport(*comparisons, *html);
            if (!figure->empty()) WriteLossFigure(comparisons->front(), *figure);
            std::cout << verdicts;
            return 0;
          }};
}

}  // namespace elu_lab
