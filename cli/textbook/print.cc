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

constexpr int kProperty = 25, kColumn = 18;  // widths; the last column takes the rest
constexpr int kLeastWidth = 80, kGreatestWidth = 120;

struct Style {
  int width;
  const char *strong, *plain;
};

Style MakeStyle() {
  const int width = std::clamp(program::TerminalWidth(STDOUT_FILENO), kLeastWidth, kGreatestWidth);
  return program::WantsColour() ? Style{width, "\033[1m", "\033[0m"} : Style{width, "", ""};
}

// Lines of a width. A line ends at no "=", "+-" or "%", nor before one.
std::vector<std::string> Wrapped(const std::string& text, int width) {
  const auto binds = [](const std::string& word) { return word == "=" || word == "+-" || word == "%"; };
  std::vector<std::string> pieces, lines;
  std::istringstream words(text);
  std::string word;
  for (bool bound = false; words >> word; bound = binds(word)) {
    if (bound || (binds(word) && !pieces.empty())) pieces.back() += " " + word;
    else pieces.push_back(word);
  }
  for (const std::string& piece : pieces) {
    const bool fits = !lines.empty() && lines.back().size() + 1 + piece.size() <= static_cast<std::size_t>(width);
    if (fits) lines.back() += " " + piece;
    else lines.push_back(piece);
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

std::vector<std::string> Notes() {
  return {"z from N(0, 1); noise passed: mean of f'(z)^2; gain: 1 / sqrt(mean of f(z)^2)",
          std::string("floats: forward now, 1 thread, ") + elu_target() + "; ReLU is elu bench's max(x, 0) in vectors",
          "* and here: ConvNetELU with alpha 1, trained on CIFAR-10, 3 epochs, 5 seeds, +- a 95 % interval; dead: no "
          "gradient at any test image; growth: of the variance, by He's gain. docs/results/README.md"};
}

}  // namespace

void PrintTable(const std::vector<Row>& rows, const Subjects& s) {
  const Style style = MakeStyle();
  std::printf("ELU (alpha %g) beside ReLU and Leaky ReLU (%g x below 0), in %s\n", s.alpha, program::kLeakySlope,
              s.dtype.name);
  const Columns* columns = nullptr;
  for (const Row& row : rows) {
    if (row.columns != columns) {
      std::puts("");
      PrintCells("textbooks say", row.columns->heads);
    }
    columns = row.columns;
    PrintRow(row, style);
  }
  std::puts("");
  for (const std::string& note : Notes()) {
    for (const std::string& line : Wrapped(note, style.width)) std::puts(line.c_str());
  }
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
