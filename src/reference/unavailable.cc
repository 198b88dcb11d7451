// In place of the reference where MPFR, its last word, was missing when elu was built.
#include <stdexcept>

#include "src/reference/reference.h"

namespace elu::reference {
namespace {

[[noreturn]] void Refuse() { throw std::logic_error("the reference was built without MPFR"); }

}  // namespace

bool Available() { return false; }

Value Forward(Format, const Inputs&, const elu_params&) { Refuse(); }
Value Derivative(Format, const Inputs&, const elu_params&) { Refuse(); }
Value DerivativeFromOutput(Format, const Inputs&, const elu_params&) { Refuse(); }
Value SecondDerivative(Format, const Inputs&, const elu_params&) { Refuse(); }
Value Backward(Format, const Inputs&, const elu_params&) { Refuse(); }
Value BackwardFromOutput(Format, const Inputs&, const elu_params&) { Refuse(); }
Value DoubleBackward(Format, const Inputs&, const elu_params&) { Refuse(); }
Value PlusOne(Format, const Inputs&, const elu_params&) { Refuse(); }
Value PlusOneBackward(Format, const Inputs&, const elu_params&) { Refuse(); }
double ErrorInUlps(Format, double, const Value&) { Refuse(); }
std::size_t MpfrCalls() { Refuse(); }

}  // namespace elu::reference
