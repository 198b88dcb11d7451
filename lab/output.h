// Files that are there whole or not at all.
#ifndef ELU_LAB_OUTPUT_H_
#define ELU_LAB_OUTPUT_H_

#include <filesystem>
#include <string>

namespace elu_lab {

// Makes the folder if need be and proves that it can be written to. Throws std::runtime_error.
void MakeOutputFolder(const std::filesystem::path& folder);

// Writes to a temporary name beside the file, flushes to the disk, renames, flushes the folder. Throws
// std::runtime_error; an old file of that name then stays as it was, unless it is the last of these that failed.
void WriteFile(const std::filesystem::path& file, const std::string& bytes);

}  // namespace elu_lab

#endif  // ELU_LAB_OUTPUT_H_
