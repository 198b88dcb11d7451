// Text of figures, for tables and JSON.
#ifndef ELU_CLI_TEXT_H_
#define ELU_CLI_TEXT_H_

#include <cstdint>
#include <string>

namespace elu::cli {

// As printf, of at most 255 characters.
__attribute__((format(printf, 1, 2))) std::string Text(const char* format, ...);

// A text as JSON has it, with its quotation marks.
std::string JsonText(const std::string& text);

std::string WithCommas(std::uint64_t number);  // "65,536"

}  // namespace elu::cli

#endif  // ELU_CLI_TEXT_H_
