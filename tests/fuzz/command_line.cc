// The command line of `elu`, a word on each line of the input. All of it is parsed; what works without files and within
// milliseconds is run too.
#include "cli/command/command_line.h"

#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/fuzz/fuzzing.h"

namespace elu::fuzz {
namespace {

class Words {
 public:
  explicit Words(Bytes input) : words_{"elu"} {
    std::istringstream lines(Text(input));
    for (std::string line; std::getline(lines, line);) words_.push_back(line.c_str());  // as a program gets it
    for (std::string& word : words_) pointers_.push_back(word.data());
    pointers_.push_back(nullptr);
  }
  int count() const { return static_cast<int>(words_.size()); }
  char** pointers() { return pointers_.data(); }

 private:
  std::vector<std::string> words_;
  std::vector<char*> pointers_;
};

// Ends a parse before the command is run, whose words are all right.
struct Parsed {};

// Whether it went through; everything that is wrong has to be told in words.
bool Run(CLI::App& app, Bytes input) {
  Words words(input);
  try {
    cli::RunCommandLine(app, words.count(), words.pointers());
    return true;
  } catch (const Parsed&) {
    return true;
  } catch (const CLI::ParseError& error) {
    Require(error.get_exit_code() == 0 || *error.what() != '\0', "a refusal has a reason");
  } catch (const std::invalid_argument& error) {
    RequireNamed(error, "");
  }
  return false;
}

bool Harmless(const CLI::App& command) {
  const std::string name = command.get_name();
  if (name == "plot") return command.count("--output") == 0;
  if (name != "eval") return name == "info";
  const std::vector<std::string> values = command.remaining();
  const bool reads_input = values.empty() || values == std::vector<std::string>{"-"};
  return !reads_input && command.count("--input") == 0;
}

}  // namespace
}  // namespace elu::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace elu::fuzz;
  const auto parser = elu::cli::MakeCommandLine();
  const auto all = [](const CLI::App*) { return true; };
  for (CLI::App* command : parser->get_subcommands(all)) command->parse_complete_callback([] { throw Parsed(); });
  if (!Run(*parser, {data, size})) return 0;
  for (const CLI::App* command : parser->get_subcommands()) {
    if (!Harmless(*command)) return 0;
  }
  Run(*elu::cli::MakeCommandLine(), {data, size});
  return 0;
}
