// The operators elu::* in C++ and TorchScript: the bits of elu.hpp's spans, gradients, errors. The drop-in stays off.
// Gradients by finite differences, fake tensors and torch.compile: operators_test.py.
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/jit/ir/irparser.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/script.h>

#include <memory>
#include <string>

#include "tests/torch/tensors.h"

namespace elu::tests {
namespace {

// Calls elu::NAME as an interpreter does, with tensors, the parameters if it has any, and the accuracy.
Tensor CallOperator(const std::string& name, const std::vector<Tensor>& in, const Params* p,
                    const std::string& accuracy) {
  ::torch::jit::Stack stack(in.begin(), in.end());
  if (p != nullptr) stack.insert(stack.end(), {p->alpha, p->scale, p->input_scale});
  stack.emplace_back(accuracy);
  c10::Dispatcher::singleton().findSchemaOrThrow(("elu::" + name).c_str(), "").callBoxed(stack);
  return stack.at(0).toTensor();
}

Tensor Elu(const Tensor& x, const Params& p = kParams, const std::string& accuracy = "accurate") {
  return CallOperator("elu", {x}, &p, accuracy);
}

Tensor DoubleBackward(const Tensor& ddx, const Tensor& dy, const Tensor& x, Params p, Accuracy accuracy) {
  return OfSpans({ddx, dy, x},
                 [=](const auto& in, auto out) { double_backward(in[0], in[1], in[2], out, p, accuracy); });
}

Tensor PlusOne(const Tensor& x, Accuracy accuracy) {
  return OfSpans({x}, [=](const auto& in, auto out) { plus_one(in[0], out, accuracy); });
}

// The bits of the spans, and the strides that a copy of x has.
void Compare(const Tensor& x, Accuracy accuracy) {
  const std::string name = accuracy == Accuracy::fast ? "fast" : "accurate";
  const Tensor dy = Values(x.sizes(), x.scalar_type()).flip(0), ddx = dy.flip(-1);
  const auto same = [&x](const Tensor& result, const Tensor& expected) {
    return SameTensors(result, expected) && result.strides() == at::empty_like(x).strides();
  };
  EXPECT_TRUE(same(Elu(x, kParams, name), Forward(x, kParams, accuracy)));
  EXPECT_TRUE(same(CallOperator("elu_backward", {dy, x}, &kParams, name), Backward(dy, x, kParams, false, accuracy)));
  EXPECT_TRUE(same(CallOperator("elu_double_backward", {ddx, dy, x}, &kParams, name),
                   DoubleBackward(ddx, dy, x, kParams, accuracy)));
  EXPECT_TRUE(same(CallOperator("plus_one", {x}, nullptr, name), PlusOne(x, accuracy)));
}

TEST(Operators, BitsOfTheSpansInAllTypesAndLayouts) {
  for (const at::ScalarType dtype : kNumberTypes) {
    for (const Accuracy accuracy : {Accuracy::accurate, Accuracy::fast}) {
      SCOPED_TRACE(testing::Message() << dtype << static_cast<int>(accuracy));
      Compare(Values({35'003}, dtype), accuracy);
      Compare(Values({30, 40}, dtype).t(), accuracy);
      Compare(Values({3, 5, 4, 2}, dtype).contiguous(at::MemoryFormat::ChannelsLast), accuracy);
      Compare(Values({33, 3}, dtype).slice(1, 0, 2), accuracy);
      Compare(Values({5, 1}, dtype).expand({5, 7}), accuracy);
      Compare(Values({0, 3}, dtype), accuracy);
    }
  }
}

TEST(Operators, AreThereWithoutTheDropIn) {
  EXPECT_FALSE(torch::enabled());
  const torch::Calls before = torch::calls();
  Elu(Values({8}));
  EXPECT_EQ(torch::calls().handled, before.handled);
}

TEST(Operators, GradientsOfAllOrders) {
  const Tensor x = Values({67}).requires_grad_(), dy = Values({67}).flip(0).requires_grad_(), ddx = Values({67}) * 0.5;
  const Tensor dx = ::torch::autograd::grad({Elu(x)}, {x}, {dy}, {}, /*create_graph=*/true)[0];
  EXPECT_TRUE(SameTensors(dx.detach(), Backward(dy.detach(), x.detach(), kParams, false)));
  const auto second = ::torch::autograd::grad({dx}, {dy, x}, {ddx});
  EXPECT_TRUE(SameTensors(second[0], Backward(ddx, x.detach(), kParams, false)));
  EXPECT_TRUE(SameTensors(second[1], DoubleBackward(ddx, dy.detach(), x.detach(), kParams, Accuracy::accurate)));
  const Tensor y = CallOperator("plus_one", {x}, nullptr, "accurate");
  EXPECT_TRUE(SameTensors(::torch::autograd::grad({y}, {x}, {dy})[0], Backward(dy.detach(), x.detach(), {}, false)));
}

TEST(Operators, AGraphIsGoneBackOnce) {
  const Tensor x = at::randn({4}).requires_grad_(), y = Elu(x).sum();
  y.backward();
  EXPECT_THROW(y.backward(), c10::Error);
  EXPECT_FALSE(Elu(x.detach()).requires_grad());
  const at::NoGradGuard guard;
  EXPECT_FALSE(Elu(x).requires_grad());
}

// Where ELU(x) + 1 would round to 0.
TEST(Operators, PlusOneStaysPositive) {
  const Tensor x = at::full({3}, -8.0, at::kBFloat16);
  EXPECT_EQ((at::elu(x) + 1).max().item<float>(), 0.0F);
  EXPECT_GT(CallOperator("plus_one", {x}, nullptr, "accurate").min().item<float>(), 3e-4F);
}

TEST(Operators, TorchScriptFindsThem) {
  const auto graph = std::make_shared<::torch::jit::Graph>();
  ::torch::jit::parseIR(R"(
    graph(%x : Tensor):
      %alpha : float = prim::Constant[value=0.7]()
      %one : float = prim::Constant[value=1.]()
      %fast : str = prim::Constant[value="fast"]()
      %accurate : str = prim::Constant[value="accurate"]()
      %elu : Tensor = elu::elu(%x, %alpha, %one, %one, %fast)
      %y : Tensor = elu::plus_one(%elu, %accurate)
      return (%y))",
                        graph.get());
  const Tensor x = Values({67}).requires_grad_();
  ::torch::jit::Stack stack = {x};
  ::torch::jit::GraphExecutor(graph, "features").run(stack);
  const Tensor y = stack.at(0).toTensor();
  const Tensor inner = Forward(x.detach(), {.alpha = 0.7}, Accuracy::fast);
  EXPECT_TRUE(SameTensors(y.detach(), PlusOne(inner, Accuracy::accurate)));
  y.backward(at::ones({67}));
  const Tensor expected =
      Backward(Backward(at::ones({67}), inner, {}, false), x.detach(), {.alpha = 0.7}, false, Accuracy::fast);
  EXPECT_TRUE(SameTensors(x.grad(), expected));
}

TEST(Operators, RefuseWhatTheyDoNotTake) {
  const Tensor x = Values({8});
  EXPECT_THROW(Elu(at::ones({3}, at::kInt)), c10::NotImplementedError);
  EXPECT_THROW(Elu(at::ones({3}, at::kComplexFloat)), c10::NotImplementedError);
  EXPECT_THROW(Elu(x, {.alpha = 1e31}), c10::ValueError);
  EXPECT_THROW(Elu(x, {.input_scale = 0}), c10::ValueError);
  EXPECT_THROW(Elu(x, {.scale = std::numeric_limits<double>::quiet_NaN()}), c10::ValueError);
  EXPECT_THROW(Elu(x, {}, "exact"), c10::ValueError);
  EXPECT_THROW(CallOperator("elu_backward", {Values({7}), x}, &kParams, "fast"), c10::ValueError);
  EXPECT_THROW(CallOperator("elu_backward", {x.to(at::kDouble), x}, &kParams, "fast"), c10::TypeError);
  EXPECT_THROW(CallOperator("elu_backward", {at::empty({8}, at::kMeta), x}, &kParams, "fast"), c10::Error);
  EXPECT_THROW(Elu(at::empty({3}, at::TensorOptions(at::kMeta).dtype(at::kInt))), c10::NotImplementedError);
  EXPECT_EQ(Elu(at::empty({3, 2}, at::kMeta)).sizes(), (std::vector<int64_t>{3, 2}));
}

}  // namespace
}  // namespace elu::tests
