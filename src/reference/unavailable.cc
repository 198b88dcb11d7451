// In place of the reference where MPFR, its last word, was missing when elu was built.
#include <stdexcept>

#include "src/reference/reference.h"

namespace elu::reference {
namespace {

[[noreturn]] void Refuse() { throw std::logic_error("the reference was built without MPFR"); }

}  // namespace

bool Available() { return false; }

Function Find(std::string_view) {
  return [](Format, const Inputs&, const elu_params&) -> Value { Refuse(); };
}
double ErrorInUlps(Format, double, const Value&) { Refuse(); }
std::size_t MpfrCalls() { Refuse(); }

}  // namespace elu::reference
