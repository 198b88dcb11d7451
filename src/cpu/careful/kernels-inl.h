// The functions of one number type: every careful op, correctly rounded, in the loop.

#if defined(ELU_SRC_CPU_CAREFUL_KERNELS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ELU_SRC_CPU_CAREFUL_KERNELS_INL_H_
#undef ELU_SRC_CPU_CAREFUL_KERNELS_INL_H_
#else
#define ELU_SRC_CPU_CAREFUL_KERNELS_INL_H_
#endif

#include <hwy/highway.h>

#include "src/cpu/careful/ops-inl.h"
#include "src/cpu/careful/ziv-inl.h"
#include "src/cpu/kernels.h"
#include "src/cpu/loop-inl.h"

HWY_BEFORE_NAMESPACE();
namespace elu::cpu::HWY_NAMESPACE {

// Vectors of stored numbers, as many as the vectors of doubles hold that they are computed in.
template <class Stored>
using Lanes = hn::Rebind<typename Stored::Type, hn::ScalableTag<double>>;

namespace careful {

template <class Stored>
struct Functions {
  using T = typename Stored::Type;

  static void Forward(const T* x, T* y, size_t n, const Coefficients& c) { Run(ForwardOp{c}, n, y, x); }
  static void Derivative(const T* x, T* dydx, size_t n, const Coefficients& c) {
    Run(ExponentialOp{DerivativeOf(c)}, n, dydx, x);
  }
  static void DerivativeFromOutput(const T* y, T* dydx, size_t n, const Coefficients& c) {
    Run(DerivativeFromOutputOp{c}, n, dydx, y);
  }
  static void SecondDerivative(const T* x, T* d2, size_t n, const Coefficients& c) {
    Run(ExponentialOp{SecondDerivativeOf(c)}, n, d2, x);
  }
  static void PlusOne(const T* x, T* y, size_t n, const Coefficients&) { Run(PlusOneOp(), n, y, x); }
  static void Backward(const T* dy, const T* x, T* dx, size_t n, const Coefficients& c) {
    Run(BackwardOp{{DerivativeOf(c)}}, n, dx, x, dy);
  }
  static void BackwardFromOutput(const T* dy, const T* y, T* dx, size_t n, const Coefficients& c) {
    Run(BackwardFromOutputOp{{c}}, n, dx, y, dy);
  }
  static void DoubleBackward(const T* ddx, const T* dy, const T* x, T* dx, size_t n, const Coefficients& c) {
    Run(BackwardOp{{SecondDerivativeOf(c)}}, n, dx, x, dy, ddx);
  }

 private:
  template <class Op, class... In>
  static void Run(const Op& op, size_t n, T* out, const In*... in) {
    Map(Lanes<Stored>(), Ziv<Stored, Op>{op}, n, out, in...);
  }
};

}  // namespace careful
}  // namespace elu::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard
