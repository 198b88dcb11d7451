#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "commands.h"
#include "report.h"

namespace elu_lab {

Command AddReport(CLI::App& app) {
  const auto comparisons = std::make_shared<std::vector<std::filesystem::path>>();
  const auto html = std::make_shared<std::filesystem::path>();
  CLI::App* report = app.add_subcommand("report", "verdicts and figures of comparisons, finished or not");
  report->add_option("COMPARISON", *comparisons, "folders that compare wrote, or their results.json")->required();
  report->add_option("--output", *html, "HTML file to write, with all that it needs")->required();
  return {report, [comparisons, html] {
            const std::string verdicts = VerdictsAsText(*comparisons);
            WriteReport(*comparisons, *html);
            std::cout << verdicts;
            return 0;
          }};
}

}  // namespace elu_lab
