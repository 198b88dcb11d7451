// results.json, which compare writes and report reads.
#ifndef ELU_LAB_RESULTS_FILE_H_
#define ELU_LAB_RESULTS_FILE_H_

#include <filesystem>
#include <string>

#include "lab/results/comparison.h"

namespace elu_lab {

// The content of results.json; what is no UTF-8 is replaced.
std::string AsText(const Comparison& comparison);

// results.json of a comparison's folder, finished or not. Throws std::runtime_error where it cannot be written.
void WriteComparison(const Comparison& comparison, const std::filesystem::path& folder);

// Of a comparison's folder or its results.json. Throws std::runtime_error with one line that names the file.
Comparison ReadComparison(const std::filesystem::path& folder_or_file);

// The name of a comparison whose results are in this file: that of its folder.
std::string NameOf(const std::filesystem::path& results);

}  // namespace elu_lab

#endif  // ELU_LAB_RESULTS_FILE_H_
