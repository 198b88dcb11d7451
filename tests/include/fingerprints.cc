// What elu computes here, for comparing builds by other compilers, with other flags, for other machines. On every
// target:
//   the special inputs, in all rounding modes: a wrong result is told, and the program fails
//   a line for each function, type and accuracy: the target and the fingerprint of the results
// Needs nothing but elu's headers and library.
#include <cfenv>
#include <cinttypes>
#include <cstdio>
#include <string>
#include <type_traits>

#include "src/functions.h"
#include "src/proof/with_target.h"
#include "tests/support/fingerprint.h"
#include "tests/support/number_types.h"
#include "tests/support/special_inputs.h"
#include "tests/support/special_results.h"

namespace elu::tests {
namespace {

constexpr int kRoundings[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};

// How many of the rows have another result than theirs.
template <class Type>
int Wrong(const Type& type, const std::vector<SpecialInput>& rows, const std::string& target) {
  int wrong = 0;
  for (const SpecialInput& row : rows) {
    const auto expected = Type::FromDouble(row.out);
    for (const auto value : ResultsOf(type, row, ELU_ACCURATE)) {
      if (Type::Same(value, expected)) continue;
      std::printf("not so on %s: %s of %s at %a is %a, got %a\n", target.c_str(), row.function.c_str(), type.name,
                  static_cast<double>(row.x), static_cast<double>(row.out), Type::ToDouble(value));
      ++wrong;
      break;
    }
  }
  return wrong;
}

int WrongSpecialInputs(const std::string& target) {
  int wrong = 0;
  for (const int rounding : kRoundings) {
    if (std::fesetround(rounding) != 0) continue;  // the machine has no such mode
    ForEachType([&](const auto& type) { wrong += Wrong(type, SpecialInputsOfAllTypes(), target); });
    wrong += Wrong(kF32, SpecialInputsOfFloat(), target);
  }
  std::fesetround(FE_TONEAREST);
  return wrong;
}

void PrintFingerprints(const std::string& target) {
  for (const Function& function : kFunctions) {
    ForEachType([&]<class Type>(const Type& type) {
      const auto print = [&](elu_accuracy accuracy, const char* name) {
        std::printf("%s %s %s %s %016" PRIx64 "\n", function.name, type.name, name, target.c_str(),
                    Fingerprint(type, function, accuracy));
      };
      print(ELU_ACCURATE, "accurate");
      if (std::is_same_v<typename Type::T, float> && function.accuracy) print(ELU_FAST, "fast");
    });
  }
}

}  // namespace
}  // namespace elu::tests

int main() {
  int wrong = 0;
  for (const std::string& target : elu::proof::AvailableTargets()) {
    const elu::proof::WithTarget forced(target);
    wrong += elu::tests::WrongSpecialInputs(target);
    elu::tests::PrintFingerprints(target);
  }
  return wrong == 0 ? 0 : 1;
}
