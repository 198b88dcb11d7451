// How a program ends: with an exit code and, where something went wrong, one line that says what.
#ifndef ELU_PROGRAM_ENDING_H_
#define ELU_PROGRAM_ENDING_H_

#include <exception>
#include <functional>
#include <string>

namespace program {

// What an exception says to people.
using Words = std::string (*)(const std::exception&);
std::string What(const std::exception& error);

// Runs a program and returns its exit code: that of `run`, or 2 after WrongUse and 1 after every other exception. Then
// standard error has the program's name and the exception's words in one line, control characters as "?"; "out of
// memory" where no memory is left, not even for an exception.
int RunToItsEnd(const char* program, const std::function<int()>& run, Words words = What);

}  // namespace program

#endif  // ELU_PROGRAM_ENDING_H_
