// The number types of --dtype behind one interface, which holds their numbers as doubles.
#ifndef ELU_CLI_KERNEL_DTYPE_H_
#define ELU_CLI_KERNEL_DTYPE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "elu/elu.hpp"
#include "src/functions.h"
#include "src/reference/reference.h"

namespace elu::cli {

struct Dtype {
  const char* option;  // as in --dtype
  const char* name;    // as in a sentence
  reference::Format kind;
  std::size_t bytes;       // of a number
  std::uint64_t infinity;  // its bits: so many numbers of the type are finite and not negative

  // The number with these bits.
  double (*number)(std::uint64_t bits);

  // As ParseNumber and FormatNumber of number.h; a double that is not of the type is rounded to it first.
  std::optional<double> (*parse)(const std::string& text);
  std::string (*format)(double number);

  // A function of one input, of numbers of the type. Throws std::invalid_argument for what elu.h refuses.
  std::vector<double> (*evaluate)(const Function& function, const std::vector<double>& x, const Params& params,
                                  elu_accuracy accuracy);

  // Numbers as arrays of the type hold them, and a function of such arrays, as Call.
  std::vector<std::byte> (*store)(const std::vector<double>& numbers);
  elu_status (*call)(const Function& function, const void* ddx, const void* dy, const void* x, void* out, std::size_t n,
                     const elu_params& p, elu_accuracy accuracy);
};

// The name of the option for what people, NumPy, C and IEEE 754 call the types: "f32" for "float32", "float", "single",
// "binary32"; another word as it is.
std::string DtypeOption(const std::string& word);

// The options' names, and the type that has this name; std::out_of_range if none.
std::vector<std::string> DtypeOptions();
const Dtype& FindDtype(const std::string& option);

}  // namespace elu::cli

#endif  // ELU_CLI_KERNEL_DTYPE_H_
