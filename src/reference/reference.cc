#include "src/reference/reference.h"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "src/reference/exact.h"
#include "src/reference/format.h"
#include "src/reference/stages.h"

namespace elu::reference {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr elu_params kUnit = {1, 1, 1};

// work<F>() for the format.
template <class Work>
Value With(Format format, const Work& work) {
  switch (format) {
    case Format::float32: return work.template operator()<Float32>();
    case Format::float64: return work.template operator()<Float64>();
    case Format::float16: return work.template operator()<Float16>();
    case Format::bfloat16: return work.template operator()<BFloat16>();
  }
  return {};
}

// What IEEE products need to know of a factor: its sign, and whether it is 0, infinite or NaN. The product of factors
// of magnitude 1 cannot overflow.
double Kind(double v) { return std::isfinite(v) && v != 0.0 ? std::copysign(1.0, v) : v; }

// -scale * alpha rounded
template <class F>
Value Lowest(const elu_params& p) {
  if (p.scale * p.alpha == 0.0) return {-p.scale * p.alpha, 0.0};
  return ProductRounded<F>({-p.scale, p.alpha, 1, 1, 1, 1});
}

template <class F>
Value ForwardIn(double x, const elu_params& p) {
  if (std::isnan(x)) return {x, 0.0};
  if (x > 0.0 && (std::isinf(x) || p.scale == 0.0)) return {p.scale * x, 0.0};
  if (x > 0.0) return ProductRounded<F>({p.scale, x, 1, 1, 1, 1});
  if (x == -kInfinity) return Lowest<F>(p);
  if (x == 0.0 || p.scale * p.alpha == 0.0) return {p.scale * p.alpha * p.input_scale * x, 0.0};
  return BelowZero<F>(x, p);
}

// ddx * dy * f' or, with twice, f''
template <class F>
Value SlopeTimes(const Inputs& in, const elu_params& p, bool twice) {
  if (std::isnan(in.x)) return {in.x, 0.0};
  const double again = twice ? p.input_scale : 1.0, above = twice ? 0.0 : p.scale;
  const double below = in.x == -kInfinity ? 0.0 * p.scale * p.alpha : p.scale * p.alpha * p.input_scale * again;
  const double special = Kind(in.ddx) * Kind(in.dy) * Kind(in.x > 0.0 ? above : below);
  if (std::fabs(special) != 1.0) return {special, 0.0};
  if (in.x > 0.0) return ProductRounded<F>({p.scale, 1, 1, 1, in.dy, in.ddx});
  return SlopeBelowZero<F>(in.x, p.input_scale, {p.scale, p.alpha, p.input_scale, again, in.dy, in.ddx});
}

template <class F>
Value FromOutput(double dy, double y, const elu_params& p) {
  if (std::isnan(y)) return {y, 0.0};
  const double slope = y > 0.0 ? p.scale : y <= Lowest<F>(p).rounded ? 0.0 : 1.0;
  const double special = Kind(dy) * Kind(slope);
  if (std::fabs(special) != 1.0) return {special, 0.0};
  return y > 0.0 ? ProductRounded<F>({p.scale, 1, 1, 1, dy, 1}) : SlopeFromOutput<F>(dy, y, p);
}

// x + 1 for x > 0
template <class F>
Value PlusOneIn(const Inputs& in) {
  if (!(in.x > 0.0)) return SlopeTimes<F>({in.x}, kUnit, false);
  if (std::isinf(in.x)) return {in.x, 0.0};
  if constexpr (F::kNarrow) {
    if (const auto y = Decide<F>(in.x + 1.0, kDoubleError)) return *y;
  }
  return *Decide<F>({Sum(in.x, 1.0), 0}, 0.0);
}

Value Forward(Format format, const Inputs& in, const elu_params& p) {
  return With(format, [&]<class F>() { return ForwardIn<F>(in.x, p); });
}

Value Backward(Format format, const Inputs& in, const elu_params& p) {
  return With(format, [&]<class F>() { return SlopeTimes<F>({in.x, in.dy}, p, false); });
}

Value Derivative(Format format, const Inputs& in, const elu_params& p) { return Backward(format, {in.x}, p); }

Value DoubleBackward(Format format, const Inputs& in, const elu_params& p) {
  return With(format, [&]<class F>() { return SlopeTimes<F>(in, p, true); });
}

Value SecondDerivative(Format format, const Inputs& in, const elu_params& p) {
  return DoubleBackward(format, {in.x}, p);
}

Value BackwardFromOutput(Format format, const Inputs& in, const elu_params& p) {
  return With(format, [&]<class F>() { return FromOutput<F>(in.dy, in.x, p); });
}

Value DerivativeFromOutput(Format format, const Inputs& in, const elu_params& p) {
  return BackwardFromOutput(format, {in.x}, p);
}

Value PlusOne(Format format, const Inputs& in, const elu_params&) {
  return With(format, [&]<class F>() { return PlusOneIn<F>(in); });
}

Value PlusOneBackward(Format format, const Inputs& in, const elu_params&) { return Backward(format, in, kUnit); }

struct Named {
  std::string_view name;
  Function function;
};

constexpr Named kFunctions[] = {
    {"forward", Forward},
    {"derivative", Derivative},
    {"derivative-from-output", DerivativeFromOutput},
    {"second-derivative", SecondDerivative},
    {"plus-one", PlusOne},
    {"backward", Backward},
    {"backward-from-output", BackwardFromOutput},
    {"double-backward", DoubleBackward},
    {"plus-one-backward", PlusOneBackward},
};

}  // namespace

bool Available() { return true; }

Function Find(std::string_view name) {
  for (const Named& row : kFunctions) {
    if (row.name == name) return row.function;
  }
  throw std::out_of_range("the reference has no function '" + std::string(name) + "'");
}

double ErrorInUlps(Format format, double computed, const Value& exact) {
  if (std::isnan(computed) && std::isnan(exact.rounded)) return 0.0;
  if (std::isinf(exact.rounded) && computed == exact.rounded) return 0.0;
  if (!std::isfinite(computed) || !std::isfinite(exact.rounded)) return kInfinity;
  const bool zeros = computed == 0.0 && exact.rounded == 0.0;
  if (zeros && std::signbit(computed) != std::signbit(exact.rounded)) return kInfinity;
  const auto unit = [&]<class F>() { return Value{static_cast<double>(F::Unit(exact.rounded)), 0.0}; };
  const int exponent = static_cast<int>(With(format, unit).rounded);
  return std::fabs(std::scalbn(computed - exact.rounded, -exponent) - exact.rest);
}

std::size_t MpfrCalls() { return exact::Calls(); }

}  // namespace elu::reference
