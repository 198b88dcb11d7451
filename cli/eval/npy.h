// The header of a .npy file, read strictly: NumPy's format, versions 1 to 3, for arrays of numbers.
// Source: numpy.lib.format, in NumPy's reference.
#ifndef ELU_CLI_EVAL_NPY_H_
#define ELU_CLI_EVAL_NPY_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "cli/eval/array_file.h"

namespace elu::cli {

struct NpyHeader {
  std::string bytes;    // all of it; the numbers follow, one after another
  std::string descr;    // the type as the file names it: "<f4"
  std::uint64_t count;  // of numbers: the product of the shape
  std::uint64_t size;   // their bytes
};

// Throws std::runtime_error, which names the file, for everything but a header of one plain type and a shape whose
// bytes a file can hold. Nothing in it is run, and at most 64 KiB are taken for it.
NpyHeader ReadNpyHeader(const ArrayInput& file);

}  // namespace elu::cli

#endif  // ELU_CLI_EVAL_NPY_H_
