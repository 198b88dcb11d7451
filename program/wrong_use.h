// The error of a request that is wrong, rather than its execution.
#ifndef ELU_PROGRAM_WRONG_USE_H_
#define ELU_PROGRAM_WRONG_USE_H_

#include <stdexcept>

namespace program {

// Its message is shown, and the program ends with exit code 2.
class WrongUse : public std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

}  // namespace program

#endif  // ELU_PROGRAM_WRONG_USE_H_
