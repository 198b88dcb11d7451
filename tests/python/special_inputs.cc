// Prints the tables of special inputs, one row a line, for the tests of other languages: what it is a table of, the
// function, alpha, scale, input_scale, the inputs, the result.
#include "tests/support/special_inputs.h"

#include <cstdio>

namespace {

void Print(const char* table, const std::vector<elu::tests::SpecialInput>& rows) {
  for (const auto& [function, p, x, out, factors] : rows) {
    std::printf("%s %s %a %a %a", table, function.c_str(), p.alpha, p.scale, p.input_scale);
    for (const float factor : factors) std::printf(" %a", static_cast<double>(factor));
    std::printf(" %a %a\n", static_cast<double>(x), static_cast<double>(out));
  }
}

}  // namespace

int main() {
  Print("all", elu::tests::SpecialInputsOfAllTypes());
  Print("float32", elu::tests::SpecialInputsOfFloat());
}
