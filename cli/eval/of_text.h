// A function of numbers that people type: from the command line or standard input, one result a line or as JSON.
#ifndef ELU_CLI_EVAL_OF_TEXT_H_
#define ELU_CLI_EVAL_OF_TEXT_H_

#include <string>
#include <vector>

#include "cli/kernel/dtype.h"
#include "elu/elu.hpp"
#include "src/functions.h"

namespace elu::cli {

struct TextRequest {
  const Function* function;
  const Dtype* dtype;
  Params params;
  elu_accuracy accuracy;
  bool json;
};

// Prints the results. Throws WrongUse for a word that is no number and std::runtime_error where reading or writing
// fails. Words are all read before the first result; of standard input a block at a time is, from a terminal a line.
void EvaluateWords(const TextRequest& request, const std::vector<std::string>& words);
void EvaluateStandardInput(const TextRequest& request);

}  // namespace elu::cli

#endif  // ELU_CLI_EVAL_OF_TEXT_H_
