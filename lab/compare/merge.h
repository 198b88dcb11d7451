// `elu-lab merge`: comparisons from several machines as one.
#ifndef ELU_LAB_COMPARE_MERGE_H_
#define ELU_LAB_COMPARE_MERGE_H_

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

namespace elu_lab {

struct MergeSettings {
  std::vector<std::filesystem::path> folders;  // which stay as they are
  std::filesystem::path output;
  std::string command;  // as it was typed
};

// Makes a comparison of the runs of all folders, with the variants of all in their order. Their plans must be alike but
// for variants and the name of the folder of images. Copies each run with all that its folder holds, complete ones
// before others, and the times and the initialisation that the folders' results.json hold; `elu-lab compare` goes on
// with what is missing where its grid has these variants. The output may hold what an earlier call made of them. `out`
// gets the table. Throws std::exception with one line for people, before it writes anything where plans differ or a run
// has other results in two folders, times aside.
void Merge(const MergeSettings& settings, std::ostream& out);

}  // namespace elu_lab

#endif  // ELU_LAB_COMPARE_MERGE_H_
