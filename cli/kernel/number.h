// Numbers as text. T is float, double, float16 or bfloat16.
#ifndef ELU_CLI_KERNEL_NUMBER_H_
#define ELU_CLI_KERNEL_NUMBER_H_

#include <optional>
#include <string>

namespace elu::cli {

// The whole text as a decimal or hexadecimal number, "inf" or "nan", rounded once to T. Nothing if it is none.
// A number too large becomes infinity and one too small 0, as rounding has it.
template <class T>
std::optional<T> ParseNumber(const std::string& text);

// The shortest decimal number that reads back as the same T: "-0.86466473"; "0", "-0", "inf", "nan".
template <class T>
std::string FormatNumber(T value);

// A check for the parser, which takes "" for 0: what is wrong with the text of a double, or "".
std::string FaultOfDouble(const std::string& text);

}  // namespace elu::cli

#endif  // ELU_CLI_KERNEL_NUMBER_H_
