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

// How many letters must be put in, left out, changed or exchanged with the next to make one word of the other.
//   source: optimal string alignment, F. J. Damerau, Communications of the ACM 7 (1964)
std::size_t Edits(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> least(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        least[i][j] = i + j;
        continue;
      }
      const std::size_t changed = least[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      least[i][j] = std::min({changed, least[i - 1][j] + 1, least[i][j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        least[i][j] = std::min(least[i][j], least[i - 2][j - 2] + 1);
      }
    }
  }
  return least[a.size()][b.size()];
}

}  // namespace

void SetHelp(CLI::App& command, const std::string& examples, const std::string& operands) {
  command.formatter(std::make_shared<ExamplesFirst>(examples, operands));
}

std::string WithHelp(const std::string& fault, const CLI::App& app) {
  std::string words = fault + (fault.ends_with('?') ? " See " : "; see ") + app.get_name();
  for (const CLI::App* command : app.get_subcommands()) words += " " + command->get_name();
  return words + " --help";
}

std::vector<std::string> CommandWords(int argc, char** argv) {
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  if (words.empty()) return {"--help"};
  if (words[0] == "version" || words[0] == "-V") words[0] = "--version";
  if (words[0] == "help") {
    words.erase(words.begin());
    words.push_back("--help");
  }
  std::ranges::reverse(words);
  return words;
}

std::string NoSuchCommand(const std::vector<std::string>& words, const CLI::App& app) {
  constexpr std::size_t kTypingErrors = 2;
  const std::string& word = words.back();
  if (word.empty() || word[0] == '-') return "";
  std::string names, nearest;
  std::size_t distance = kTypingErrors + 1;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    const std::string& name = command->get_name();
    if (name == word) return "";
    names += (names.empty() ? "" : ", ") + name;
    const std::size_t edits = Edits(word, name);
    if (edits < std::min(distance, name.size())) nearest = name, distance = edits;
  }
  const std::string none = "there is no command '" + word + "'; ";
  return nearest.empty() ? none + "there are " + names : none + "did you mean " + nearest + "?";
}

}  // namespace program
