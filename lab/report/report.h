// The report of comparisons: one HTML file with figures that needs nothing else.
#ifndef ELU_LAB_REPORT_REPORT_H_
#define ELU_LAB_REPORT_REPORT_H_

#include <filesystem>
#include <string>
#include <vector>

#include "lab/results/comparison.h"
#include "lab/verdicts/verdicts.h"

namespace elu_lab {

// Of comparisons, finished or not. Throws std::runtime_error where `html` cannot be written.
void WriteReport(const std::vector<Judged>& comparisons, const std::filesystem::path& html);

// The training loss of the comparison's first group of variants, as SVG; "" where no run is complete.
std::string LossFigure(const Comparison& comparison);

}  // namespace elu_lab

#endif  // ELU_LAB_REPORT_REPORT_H_
