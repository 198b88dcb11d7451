#include <iostream>
#include <memory>

#include "lab/command/commands.h"
#include "lab/command/options.h"
#include "lab/compare/merge.h"
#include "program/help.h"

namespace elu_lab {
namespace {

constexpr const char* kMergeFooter =
    "The comparisons must be alike in images, epochs, seeds, threads and all else that trains: then their runs are "
    "those\n"
    "of one comparison, with the activations of all. A run that two folders have must have the same results in both,\n"
    "times aside. The folders stay as they are, and the same command may follow when they hold more. What is missing "
    "then\n"
    "is trained by elu-lab compare, with the output for its --output.";

}  // namespace

Command AddMerge(CLI::App& app, const std::string& command_line) {
  const auto settings = std::make_shared<MergeSettings>();
  settings->command = command_line;
  CLI::App* merge = app.add_subcommand("merge", "bring comparisons from several machines together");
  program::SetHelp(*merge,
                   "  elu-lab merge part1 part2 part3 --output out/full\n"
                   "  elu-lab merge out/relu out/elu --output out/both");
  merge->footer(kMergeFooter);
  merge->add_option("COMPARISON", settings->folders, "folders that compare or merge wrote")->required();
  merge->add_option("--output", settings->output, "folder of the comparison of all")->required();
  merge->final_callback([settings] {
    for (const auto& folder : settings->folders) {
      if (LiesIn(settings->output, folder)) {
        throw CLI::ValidationError("--output", settings->output.string() + " is, or is in, a folder that is merged");
      }
    }
  });
  return {merge, [settings] {
            Merge(*settings, std::cout);
            return 0;
          }};
}

}  // namespace elu_lab
