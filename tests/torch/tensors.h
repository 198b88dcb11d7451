// Tensors to compute on, what elu.hpp's spans make of them, and a comparison of bits.
#ifndef ELU_TESTS_TORCH_TENSORS_H_
#define ELU_TESTS_TORCH_TENSORS_H_

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <limits>
#include <span>
#include <vector>

#include "elu/elu.hpp"
#include "elu/torch.hpp"

namespace elu::tests {

using at::Tensor;

inline constexpr Params kParams{.alpha = 0.7, .scale = 1.1, .input_scale = 0.9};
inline constexpr at::ScalarType kNumberTypes[] = {at::kFloat, at::kDouble, at::kHalf, at::kBFloat16};

// Normal numbers of both signs, with NaN, infinities, -0 and tiny numbers among them; the same at every call.
inline Tensor Values(at::IntArrayRef sizes, at::ScalarType dtype = at::kFloat) {
  auto generator = at::detail::createCPUGenerator(1);
  Tensor x = at::randn(sizes, generator, at::kDouble) * 3;
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN(), kInfinity = std::numeric_limits<double>::infinity();
  const double special[] = {-0.0, 0.0, kNan, -kInfinity, kInfinity, -0x1p-120, -1e-7, -200};
  double* data = x.mutable_data_ptr<double>();
  for (int64_t i = 0; i < x.numel() / 4 && i < 8; ++i) data[2 * i] = special[i];
  if (x.numel() > 40) data[x.numel() - 1] = kNan;  // in the remainder of a loop over vectors
  return x.to(dtype);
}

// NaN equals NaN; +0 and -0 differ. Strides are not compared.
inline bool SameTensors(const Tensor& a, const Tensor& b) {
  return a.sizes() == b.sizes() && a.dtype() == b.dtype() && at::equal(at::isnan(a), at::isnan(b)) &&
         at::equal(at::nan_to_num(a, 0.0), at::nan_to_num(b, 0.0)) &&
         at::equal(at::signbit(at::nan_to_num(a, 1.0)), at::signbit(at::nan_to_num(b, 1.0)));
}

// Calls `visit` with a value of the type of elu.hpp that a tensor's numbers are.
template <class Visitor>
void WithNumber(at::ScalarType dtype, const Visitor& visit) {
  switch (dtype) {
    case at::kFloat: return visit(float{});
    case at::kDouble: return visit(double{});
    case at::kHalf: return visit(float16{});
    default: return visit(bfloat16{});
  }
}

template <class T>
std::span<T> Span(Tensor& t) {
  return {static_cast<T*>(t.mutable_data_ptr()), static_cast<std::size_t>(t.numel())};
}

// function(spans of inputs..., span of the result, what follows) of elu.hpp, on contiguous copies.
template <class Function>
Tensor OfSpans(std::vector<Tensor> in, const Function& function) {
  for (Tensor& t : in) t = t.contiguous();
  Tensor out = at::empty(in.back().sizes(), in.back().options());
  WithNumber(out.scalar_type(), [&](auto number) {
    using T = decltype(number);
    std::vector<std::span<const T>> spans;
    for (Tensor& t : in) spans.push_back(Span<T>(t));
    function(spans, Span<T>(out));
  });
  return out;
}

inline Tensor Forward(const Tensor& x, Params p, Accuracy accuracy = Accuracy::accurate) {
  return OfSpans({x}, [=](const auto& in, auto out) { forward(in[0], out, p, accuracy); });
}

inline Tensor Backward(const Tensor& dy, const Tensor& at, Params p, bool from_output,
                       Accuracy accuracy = Accuracy::accurate) {
  return OfSpans({dy, at}, [=](const auto& in, auto out) {
    from_output ? backward_from_output(in[0], in[1], out, p) : backward(in[0], in[1], out, p, accuracy);
  });
}

// The drop-in is on before each test and off after it.
class DropIn : public testing::Test {
 protected:
  void SetUp() override { torch::enable(); }
  void TearDown() override { torch::disable(); }
};

}  // namespace elu::tests

#endif  // ELU_TESTS_TORCH_TENSORS_H_
