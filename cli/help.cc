#include "help.h"

#include <memory>
#include <utility>

namespace elu::cli {
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

 private:
  std::string examples_, operands_;
};

}  // namespace

void SetHelp(CLI::App& command, const std::string& examples, const std::string& operands) {
  command.formatter(std::make_shared<ExamplesFirst>(examples, operands));
}

}  // namespace elu::cli
