#include "lab/help.h"

#include <memory>
#include <utility>

namespace elu_lab {
namespace {

class ExamplesFirst : public CLI::Formatter {
 public:
  explicit ExamplesFirst(std::string examples) : examples_(std::move(examples)) {}

  std::string make_usage(const CLI::App* app, std::string name) const override {
    return "\nExamples:\n" + examples_ + "\n\n" + CLI::Formatter::make_usage(app, std::move(name));
  }

 private:
  std::string examples_;
};

}  // namespace

void SetExamples(CLI::App& command, const std::string& examples) {
  command.formatter(std::make_shared<ExamplesFirst>(examples));
}

std::string WhereHelpIs(const CLI::App& app) {
  std::string words = "see " + app.get_name();
  for (const CLI::App* command : app.get_subcommands()) words += " " + command->get_name();
  return words + " --help";
}

}  // namespace elu_lab
