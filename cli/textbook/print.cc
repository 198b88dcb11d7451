#include "cli/textbook/print.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <sstream>
#include <string>

#include "program/leaky_relu.h"
#include "program/terminal.h"
#include "program/text.h"

namespace elu::cli {
namespace {

using program::JsonText;

constexpr int kProperty = 25, kColumn = 17;  // widths; the last column takes the rest
constexpr int kLeastWidth = 80, kGreatestWidth = 120;

struct Style {
  int width;
  const char *strong, *plain;
};

Style MakeStyle() {
  const int width = std::clamp(program::TerminalWidth(STDOUT_FILENO), kLeastWidth, kGreatestWidth);
  return program::WantsColour() ? Style{width, "\033[1m", "\033[0m"} : Style{width, "", ""};
}

// Words in lines of a width.
std::vector<std::string> Wrapped(const std::string& text, int width) {
  std::vector<std::string> lines;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (lines.empty() || lines.back().size() + 1 + word.size() > static_cast<std::size_t>(width)) {
      lines.push_back(word);
    } else {
      lines.back() += " " + word;
    }
  }
  return lines;
}

template <class Texts>
void PrintCells(const std::string& label, const Texts& cells) {
  std::printf("%-*s%-*s%-*s%s\n", kProperty, label.c_str(), kColumn, std::string(cells[0]).c_str(), kColumn,
              std::string(cells[1]).c_str(), std::string(cells[2]).c_str());
}

void PrintRow(const Row& row, const Style& style) {
  const std::string& verdict = row.verdict;
  const std::vector<std::string> lines = Wrapped(verdict + "; " + row.because, style.width - kProperty);
  std::printf("%s%-*s%s%s%s\n", style.strong, kProperty, row.property.c_str(), verdict.c_str(), style.plain,
              lines.front().substr(verdict.size()).c_str());
  for (std::size_t i = 1; i < lines.size(); ++i) std::printf("%-*s%s\n", kProperty, "", lines[i].c_str());
  for (const Fact& fact : row.facts) {
    if (!fact.label.empty()) PrintCells("  " + fact.label, fact.cells);
  }
}

}  // namespace

void PrintTable(const std::vector<Row>& rows, const Subjects& s) {
  const Style style = MakeStyle();
  std::printf("ELU (alpha %g) beside ReLU and Leaky ReLU (%g x below 0), in %s\n\n", s.alpha, program::kLeakySlope,
              s.dtype.name);
  const Columns* columns = nullptr;
  for (const Row& row : rows) {
    if (row.columns != columns) PrintCells("", row.columns->heads);
    columns = row.columns;
    PrintRow(row, style);
  }
  const std::string notes =
      std::string(
          "z is from N(0, 1); noise passed is E[f'(z)^2], the gain 1 / sqrt(E[f(z)^2]). Cost: forward, measured "
          "now on 1 thread, ") +
      elu_target() +
      "; ReLU is max(x, 0) in vectors, as in elu bench. * and here: a training of ConvNetELU with alpha 1 on CIFAR-10, "
      "3 epochs, 5 seeds; its source is docs/results/README.md.";
  std::puts("");
  for (const std::string& line : Wrapped(notes, style.width)) std::puts(line.c_str());
}

void PrintJson(const std::vector<Row>& rows, const Subjects& s) {
  std::printf("{\"alpha\": %.17g, \"leaky_relu_slope\": %.17g, \"dtype\": \"%s\", \"target\": \"%s\",\n \"rows\": [",
              s.alpha, program::kLeakySlope, s.dtype.option, elu_target());
  for (const Row& row : rows) {
    std::printf("%s\n  {\"property\": %s, \"verdict\": %s, \"because\": %s,\n   \"figures\": {",
                &row == &rows.front() ? "" : ",", JsonText(row.property).c_str(), JsonText(row.verdict).c_str(),
                JsonText(row.because).c_str());
    for (const Fact& fact : row.facts) {
      std::printf("%s\n    %s: %s", &fact == &row.facts.front() ? "" : ",", JsonText(fact.key).c_str(),
                  fact.json.c_str());
    }
    std::printf("}}");
  }
  std::puts("\n ]}");
}

}  // namespace elu::cli
