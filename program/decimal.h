// Numbers as text.
#ifndef ELU_PROGRAM_DECIMAL_H_
#define ELU_PROGRAM_DECIMAL_H_

#include <charconv>
#include <string>

namespace elu_lab {

// The shortest decimal that gives the same double: "0.5", "1e-07".
inline std::string ShortestDecimal(double value) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

}  // namespace elu_lab

#endif  // ELU_PROGRAM_DECIMAL_H_
