// A function of all numbers of a .npy file, into another.
#ifndef ELU_CLI_EVAL_OF_NPY_H_
#define ELU_CLI_EVAL_OF_NPY_H_

#include <filesystem>
#include <string>

#include "elu/elu.hpp"
#include "src/functions.h"

namespace elu::cli {

struct NpyRequest {
  std::filesystem::path input, output;  // "-": standard input, standard output
  std::string dtype;                    // what the input must hold; "": any type that .npy has a name for
  const Function* function;
  Params params;
  elu_accuracy accuracy;
  unsigned threads;  // of a stream one is used
};

// Writes an array of the same shape, order and type. Memory: two megabytes a thread, however long the file. The output
// may be the input. Throws WrongUse or std::exception; a file that was there is then as it was.
void EvaluateNpy(const NpyRequest& request);

}  // namespace elu::cli

#endif  // ELU_CLI_EVAL_OF_NPY_H_
