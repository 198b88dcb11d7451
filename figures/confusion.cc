#include "figures/confusion.h"

#include <algorithm>
#include <numeric>

#include "program/text.h"

namespace elu_lab {
namespace {

using program::Format;

double ShareOf(const std::vector<int64_t>& row, size_t column) {
  const int64_t sum = std::accumulate(row.begin(), row.end(), int64_t{0});
  return sum == 0 ? 0.0 : static_cast<double>(row[column]) / static_cast<double>(sum);
}

std::string Padded(const std::string& text, size_t width) {
  return std::string(width - std::min(width, text.size()), ' ') + text;
}

constexpr int kCell = 44, kLeft = 120, kTop = 110;

std::string CellAsSvg(const std::vector<int64_t>& row, size_t column, int y) {
  const double share = ShareOf(row, column);
  const int x = kLeft + static_cast<int>(column) * kCell;
  return Format("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#1f4e9c\" fill-opacity=\"%.3f\"/>\n", x, y,
                kCell - 1, kCell - 1, share) +
         Format("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"%s\">%lld</text>\n", x + kCell / 2,
                y + kCell / 2 + 4, share > 0.5 ? "#fff" : "#222", static_cast<long long>(row[column]));
}

}  // namespace

std::string ConfusionAsText(const Confusion& confusion) {
  size_t name = 5;
  std::vector<size_t> widths;
  for (const std::string& label : confusion.classes) {
    name = std::max(name, label.size());
    widths.push_back(std::max<size_t>(6, label.size() + 1));
  }
  const auto begin = [name](const std::string& text) { return text + std::string(name - text.size(), ' '); };
  std::string text = begin("true");
  for (size_t i = 0; i < widths.size(); ++i) text += Padded(confusion.classes[i], widths[i]);
  text += "   right\n";
  for (size_t label = 0; label < widths.size(); ++label) {
    const std::vector<int64_t>& row = confusion.counts[label];
    text += begin(confusion.classes[label]);
    for (size_t i = 0; i < widths.size(); ++i) text += Padded(std::to_string(row[i]), widths[i]);
    text += Format("%6.1f %%\n", 100.0 * ShareOf(row, label));
  }
  return text;
}

std::string ConfusionAsSvg(const Confusion& confusion) {
  const int side = static_cast<int>(confusion.classes.size()) * kCell;
  const int width = kLeft + side + 10, height = kTop + side + 10;
  std::string svg = Format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
      "height=\"%d\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\">\n",
      width, height, width, height);
  svg +=
      "<title>Confusion matrix: lines are true classes, columns answers</title>\n"
      "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
      "<text x=\"8\" y=\"20\">true class (lines), answer (columns)</text>\n";
  for (size_t label = 0; label < confusion.classes.size(); ++label) {
    const int offset = static_cast<int>(label) * kCell;
    const std::string name = program::Escaped(confusion.classes[label]);
    svg += Format("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", kLeft - 8, kTop + offset + kCell / 2 + 4,
                  name.c_str());
    svg += Format("<text transform=\"translate(%d %d) rotate(-45)\">%s</text>\n", kLeft + offset + kCell / 2, kTop - 8,
                  name.c_str());
    for (size_t answer = 0; answer < confusion.classes.size(); ++answer) {
      svg += CellAsSvg(confusion.counts[label], answer, kTop + offset);
    }
  }
  return svg + "</svg>\n";
}

}  // namespace elu_lab
