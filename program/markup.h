// Text for HTML and SVG.
#ifndef ELU_PROGRAM_MARKUP_H_
#define ELU_PROGRAM_MARKUP_H_

#include <cstdio>
#include <string>

namespace elu_lab {

// As printf, up to 399 bytes.
template <class... Values>
std::string Format(const char* format, Values... values) {
  char text[400];
  std::snprintf(text, sizeof text, format, values...);
  return text;
}

// As the text of an element, or as an attribute's value in double quotes.
std::string Escaped(const std::string& text);

}  // namespace elu_lab

#endif  // ELU_PROGRAM_MARKUP_H_
