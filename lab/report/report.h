// The report of comparisons: one HTML file with figures that needs nothing else, and the verdicts as text.
#ifndef ELU_LAB_REPORT_REPORT_H_
#define ELU_LAB_REPORT_REPORT_H_

#include <filesystem>
#include <string>
#include <vector>

namespace elu_lab {

// Reads each comparison (the folder that `elu-lab compare` wrote, or its results.json), finished or not, and writes one
// report of them all. Throws std::runtime_error with one line that names the file where one is missing, cut short or
// of another form; `html` then stays as it was.
void WriteReport(const std::vector<std::filesystem::path>& comparisons, const std::filesystem::path& html);

// The training loss of a comparison's first group of variants, as an SVG file. Throws as above, and where no run is
// complete.
void WriteLossFigure(const std::filesystem::path& comparison, const std::filesystem::path& svg);

// The verdicts of the same comparisons, for a terminal. Throws as above.
std::string VerdictsAsText(const std::vector<std::filesystem::path>& comparisons);

}  // namespace elu_lab

#endif  // ELU_LAB_REPORT_REPORT_H_
