// Values as text: for tables, JSON, HTML and SVG.
#ifndef ELU_PROGRAM_TEXT_H_
#define ELU_PROGRAM_TEXT_H_

#include <cstdint>
#include <string>

namespace program {

// As printf, of any length. The compiler compares the format with the types of the values.
__attribute__((format(printf, 1, 2))) std::string Format(const char* format, ...);

// The shortest decimal that gives the same number: "0.5", "1e-07", "-0", "inf", "nan".
std::string ShortestDecimal(double value);
std::string ShortestDecimal(float value);

std::string WithCommas(std::uint64_t number);  // "65,536"

// A text as JSON has it, with its quotation marks.
std::string JsonText(const std::string& text);

// As the text of an element of HTML or SVG, or as an attribute's value in double quotes.
std::string Escaped(const std::string& text);

}  // namespace program

#endif  // ELU_PROGRAM_TEXT_H_
