// What PyTorch refuses is refused with its exception and its message; what the drop-in does not take is PyTorch's.
#include <functional>
#include <string>
#include <typeinfo>

#include "tests/torch/tensors.h"

namespace elu::tests {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Tensor Floats(at::IntArrayRef sizes = {8}) { return Values(sizes); }

Tensor BackwardOf(const Tensor& dy, const Tensor& x, at::Scalar alpha = 1, bool is_result = false) {
  return at::elu_backward(dy, alpha, 1, 1, is_result, x);
}

struct Refused {
  const char* name;
  std::function<void()> call;
};

std::vector<Refused> RefusedCalls() {
  // clang-format off
  return {
      {"integers", [] { at::elu(at::ones({3}, at::kInt)); }},
      {"integers in place", [] { Tensor x = at::ones({3}, at::kLong); at::elu_(x); }},
      {"bool", [] { at::elu(at::ones({3}, at::kBool)); }},
      {"complex", [] { at::elu(at::ones({3}, at::kComplexFloat)); }},
      {"complex gradient", [] { BackwardOf(at::ones({3}, at::kComplexFloat), at::ones({3}, at::kComplexFloat)); }},
      {"complex alpha", [] { at::elu(Floats(), c10::complex<double>(1, 1)); }},
      {"out of another type", [] { Tensor out = at::empty({8}, at::kDouble); at::elu_out(out, Floats()); }},
      {"out of integers", [] { Tensor out = at::empty({8}, at::kInt); at::elu_out(out, Floats()); }},
      {"out elsewhere", [] { Tensor out = at::empty({8}, at::kMeta); at::elu_out(out, Floats()); }},
      {"out that requires a gradient",
       [] { Tensor out = at::empty({8}).requires_grad_(); at::elu_out(out, Floats()); }},
      {"out for which x requires a gradient",
       [] { Tensor out = at::empty({8}); at::elu_out(out, Floats().requires_grad_()); }},
      {"overlap in part",
       [] { Tensor x = Floats({41}), out = x.slice(0, 1); at::elu_out(out, x.slice(0, 0, 40)); }},
      {"out expanded", [] { Tensor out = at::empty({1}).expand({8}); at::elu_out(out, Floats()); }},
      {"expanded in place", [] { Tensor x = Floats({1}).expand({8}); at::elu_(x); }},
      {"leaf in place", [] { Tensor x = Floats().requires_grad_(); at::elu_(x); }},
      {"view of a leaf in place", [] { Tensor x = Floats().requires_grad_(), view = x.slice(0, 1); at::elu_(view); }},
      {"shapes that differ", [] { BackwardOf(Floats({8}), Floats({9})); }},
      {"out of a shape that is expanded",
       [] { Tensor out = at::empty({1}).expand({8}); at::elu_backward_out(out, Floats(), 1, 1, 1, false, Floats()); }},
      {"gradient into part of x",
       [] {
         Tensor x = Floats({41}), out = x.slice(0, 1);
         at::elu_backward_out(out, Floats({40}), 1, 1, 1, false, x.slice(0, 0, 40));
       }},
      {"gradient into integers",
       [] { Tensor out = at::empty({8}, at::kInt); at::elu_backward_out(out, Floats(), 1, 1, 1, false, Floats()); }},
      {"negative alpha in place", [] { BackwardOf(Floats(), Floats(), -1, true); }},
      {"CELU of alpha 0", [] { at::celu(Floats(), 0); }},
  };
  // clang-format on
}

// The exception's type and text; empty if there was none.
std::string Thrown(const std::function<void()>& call) {
  try {
    call();
  } catch (const c10::Error& e) {
    return std::string(typeid(e).name()) + ": " + e.what_without_backtrace();
  } catch (const std::exception& e) {
    return std::string(typeid(e).name()) + ": " + e.what();
  }
  return "";
}

TEST_F(DropIn, RefusesWhatPyTorchRefusesWithItsWords) {
  for (const Refused& refused : RefusedCalls()) {
    torch::enable();
    const std::string ours = Thrown(refused.call);
    torch::disable();
    EXPECT_NE(ours, "") << refused.name;
    EXPECT_EQ(ours, Thrown(refused.call)) << refused.name;
  }
}

// Nothing of an output is written before a refusal.
TEST_F(DropIn, ARefusalWritesNothing) {
  Tensor store = Floats({41});
  const Tensor before = store.clone();
  Tensor shifted = store.slice(0, 1);
  EXPECT_THROW(at::elu_out(shifted, store.slice(0, 0, 40)), c10::Error);
  EXPECT_TRUE(SameTensors(store, before));
}

// Each computes with PyTorch's kernel and has its bits, shape and strides.
TEST_F(DropIn, PassesOnWhatItDoesNotTake) {
  const auto passed_on = []() -> std::vector<Tensor> {
    const Tensor x = Floats({70});
    std::vector<Tensor> results;
    for (const double alpha : {1e31, kInfinity, -kInfinity, kNan, 1e-31}) {
      results.push_back(at::elu(x, alpha));
      results.push_back(BackwardOf(x, x, alpha));
    }
    results.push_back(at::elu(x, 1, 1, 0));
    results.push_back(at::elu(x, 1, 1, -1));
    results.push_back(at::elu(x, 1, kNan));
    results.push_back(at::elu_backward(x, 1, -1, 1, true, x));  // the output's sign would not tell the branch
    results.push_back(BackwardOf(x, x.to(at::kDouble)));        // promoted
    Tensor out = at::empty({70}, at::kDouble);
    results.push_back(at::elu_backward_out(out, x, 1, 1, 1, false, x));
    return results;
  };
  const torch::Calls before = torch::calls();
  const std::vector<Tensor> with = passed_on();
  const torch::Calls after = torch::calls();
  EXPECT_EQ(after.handled, before.handled);
  EXPECT_EQ(after.passed_on, before.passed_on + with.size());
  torch::disable();
  const std::vector<Tensor> without = passed_on();
  for (size_t i = 0; i < with.size(); ++i) {
    EXPECT_TRUE(SameTensors(with[i], without[i])) << i;
    EXPECT_EQ(with[i].strides(), without[i].strides()) << i;
  }
}

// PyTorch broadcasts the gradient's operands, resizes outputs, keeps signs and zeros lazily, and lets the storages of
// from_blob overlap.
TEST_F(DropIn, TakesWhatPyTorchTakes) {
  const Tensor dy = Floats({5, 1}), x = Floats({7});
  const Tensor expected = Backward(dy.expand({5, 7}), x.expand({5, 7}), {}, false);
  EXPECT_TRUE(SameTensors(BackwardOf(dy, x), expected));
  Tensor out = at::empty({0});
  EXPECT_TRUE(SameTensors(at::elu_backward_out(out, dy, 1, 1, 1, false, x), expected));
  const Tensor row = Floats({70});
  EXPECT_TRUE(SameTensors(at::elu(at::_neg_view(row)), Forward(-row, {})));
  EXPECT_TRUE(SameTensors(at::elu(at::_efficientzerotensor({3})), at::zeros({3})));
  std::vector<float> memory(41, -1.0F);  // one array under two storages
  Tensor shifted = at::from_blob(memory.data() + 1, {40});
  EXPECT_NO_THROW(at::elu_out(shifted, at::from_blob(memory.data(), {40})));
}

}  // namespace
}  // namespace elu::tests
