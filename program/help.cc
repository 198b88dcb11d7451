#include "program/help.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <utility>

namespace program {
namespace {

class ExamplesFirst : public CLI::Formatter {
 public:
  ExamplesFirst(std::string examples, std::string operands)
      : examples_(std::move(examples)), operands_(std::move(operands)) {}

  std::string make_usage(const CLI::App* app, std::string name) const override {
    std::string usage = CLI::Formatter::make_usage(app, std::move(name));
    usage.erase(usage.find_last_not_of('\n') + 1);
    return "\nExamples:\n" + examples_ + "\n\n" + usage + operands_ + "\n";
  }

  // Without what an option needs and excludes: its description tells, where it is of interest.
  std::string make_option_opts(const CLI::Option* option) const override {
    const std::string text = CLI::Formatter::make_option_opts(option);
    return text.substr(0, std::min(text.find(" " + get_label("Needs")), text.find(" " + get_label("Excludes"))));
  }

 private:
  std::string examples_, operands_;
};

}  // namespace

void SetHelp(CLI::App& command, const std::string& examples, const std::string& operands) {
  command.formatter(std::make_shared<ExamplesFirst>(examples, operands));
}

std::string WhereHelpIs(const CLI::App& app) {
  std::string words = "see " + app.get_name();
  for (const CLI::App* command : app.get_subcommands()) words += " " + command->get_name();
  return words + " --help";
}

std::string CommandsInsteadOf(const char* word, const CLI::App& app) {
  if (word == nullptr || *word == '-') return "";
  std::string names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_name() == word) return "";
    names += (names.empty() ? "" : ", ") + command->get_name();
  }
  return names;
}

}  // namespace program
