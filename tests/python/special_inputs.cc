// Prints the tables of special inputs, one row a line, for the tests of other languages: what it is a table of, the
// function, alpha, scale, input_scale, the inputs, the result.
#include "tests/support/special_inputs.h"

#include <cstdio>

namespace {

void Print(const char* table, const std::string& function, const elu::Params& p, std::initializer_list<float> numbers) {
  std::printf("%s %s %a %a %a", table, function.c_str(), p.alpha, p.scale, p.input_scale);
  for (const float number : numbers) std::printf(" %a", static_cast<double>(number));
  std::puts("");
}

}  // namespace

int main() {
  using namespace elu::tests;
  for (const SpecialInput& row : SpecialInputsOfAllTypes()) Print("all", row.function, row.params, {row.in, row.out});
  for (const SpecialInput& row : SpecialInputsOfFloat()) Print("float32", row.function, row.params, {row.in, row.out});
  for (const SpecialProduct& row : SpecialProductsOfAllTypes()) {
    for (const char* function : {"backward", "plus-one-backward"}) Print("all", function, {}, {row.dy, row.x, row.dx});
    Print("all", "backward-from-output", {}, {row.dy, row.x, row.dx_from_output});
  }
}
