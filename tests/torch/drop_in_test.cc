// The drop-in: which calls it takes, with which bits, and that everything else stays PyTorch's.
#include <torch/torch.h>

#include <thread>
#include <vector>

#include "tests/torch/tensors.h"

namespace elu::tests {
namespace {

namespace F = ::torch::nn::functional;

// Enough for several threads and a remainder.
Tensor Inputs(int64_t n = 100'003) { return Values({n}); }

TEST_F(DropIn, EnablingPrintsNothingAndMayBeRepeated) {
  torch::disable();
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  torch::enable();
  torch::enable();
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  EXPECT_TRUE(torch::enabled());
}

// PyTorch's own kernel is not correctly rounded: bits tell who computed.
TEST_F(DropIn, OurKernelComputes) {
  const Tensor x = Inputs(), ours = Forward(x, {});
  EXPECT_TRUE(SameTensors(at::elu(x), ours));
  torch::disable();
  EXPECT_FALSE(SameTensors(at::elu(x), ours));
}

TEST_F(DropIn, ModulesFunctionsAndInPlaceForms) {
  const Tensor x = Inputs();
  const Tensor elu = Forward(x, {.alpha = 0.7});
  EXPECT_TRUE(SameTensors(F::elu(x, F::ELUFuncOptions().alpha(0.7)), elu));
  EXPECT_TRUE(SameTensors(::torch::nn::ELU(::torch::nn::ELUOptions().alpha(0.7))(x), elu));
  Tensor in_place = x.clone();
  ::torch::nn::ELU layer(::torch::nn::ELUOptions().alpha(0.7).inplace(true));
  EXPECT_TRUE(SameTensors(layer(in_place), elu));
  EXPECT_TRUE(SameTensors(in_place, elu));
  Tensor out = at::empty_like(x);
  at::elu_out(out, x, 0.7);
  EXPECT_TRUE(SameTensors(out, elu));
  EXPECT_TRUE(SameTensors(::torch::nn::SELU()(x), Forward(x, selu())));
  EXPECT_TRUE(SameTensors(::torch::nn::CELU(::torch::nn::CELUOptions().alpha(2))(x), Forward(x, celu(2))));
}

TEST_F(DropIn, InferenceModeArrivesToo) {
  const c10::InferenceMode guard;
  const Tensor x = Inputs();
  EXPECT_TRUE(SameTensors(at::elu(x), Forward(x, {})));
}

TEST_F(DropIn, GradientsFromTheInputAndFromTheOutput) {
  const Tensor dy = Inputs().flip(0).contiguous();
  for (const bool in_place : {false, true}) {
    Tensor x = Inputs().requires_grad_();
    Tensor copy = x * 1.0;
    Tensor y = in_place ? at::elu_(copy, 0.7) : at::elu(x, 0.7);
    y.backward(dy);
    const Tensor expected = Backward(dy, (in_place ? y : x).detach(), {.alpha = 0.7}, in_place);
    EXPECT_TRUE(SameTensors(x.grad(), expected)) << in_place;
    Tensor dx = at::empty_like(dy);
    at::elu_backward_out(dx, dy, 0.7, 1, 1, in_place, (in_place ? y : x).detach());
    EXPECT_TRUE(SameTensors(dx, expected)) << in_place;
  }
}

// PyTorch's gradient has input_scale = 1 / float(alpha), which is visible in the last bits of float32 and beyond.
TEST_F(DropIn, TheGradientOfCeluIsThatOfItsAlpha) {
  for (const at::ScalarType dtype : kNumberTypes) {
    for (const double alpha : {0.3, 0.1, 3.0, 1.0}) {
      for (const bool in_place : {false, true}) {
        Tensor x = Values({1003}, dtype).requires_grad_();
        Tensor copy = x * 1.0;
        const Tensor dy = Values({1003}, dtype).flip(0);
        const Tensor y = in_place ? at::celu_(copy, alpha) : at::celu(x, alpha);
        y.backward(dy);
        const Tensor expected = Backward(dy, (in_place ? y : x).detach(), celu(alpha), in_place);
        EXPECT_TRUE(SameTensors(x.grad(), expected)) << alpha << dtype << in_place;
      }
    }
  }
}

// Its float is 1, as input_scale is: not CELU's rounded copy, and 1 / alpha was not meant.
TEST_F(DropIn, TheGradientOfEluKeepsAnAlphaNextToOne) {
  const Params p{.alpha = 1 + 0x1p-26};
  const Tensor x = at::full({40}, -80.0F), dy = Inputs(40);
  EXPECT_TRUE(SameTensors(at::elu_backward(dy, p.alpha, 1, 1, false, x), Backward(dy, x, p, false)));
}

// PyTorch gives NaN in full vectors and 1 in the remainder.
TEST_F(DropIn, TheGradientOfNanIsNanEverywhere) {
  const Tensor x = at::full({67}, std::numeric_limits<float>::quiet_NaN());
  EXPECT_TRUE(at::isnan(at::elu_backward(at::ones({67}), 1, 1, 1, false, x)).all().item<bool>());
}

TEST_F(DropIn, NegativeAlphaInPlaceRaisesAsInPyTorch) {
  const Tensor x = at::randn({8}), dy = at::ones({8});
  EXPECT_THROW(at::elu_backward(dy, -1, 1, 1, true, x), c10::Error);
  EXPECT_TRUE(SameTensors(at::elu_backward(dy, -1, 1, 1, false, x), Backward(dy, x, {.alpha = -1}, false)));
}

TEST_F(DropIn, ScalarsAndEmptyTensors) {
  EXPECT_EQ(at::elu(at::scalar_tensor(-1.0F)).item<float>(), -0.63212055F);
  EXPECT_EQ(at::elu(at::empty({0, 3})).sizes(), (std::vector<int64_t>{0, 3}));
}

TEST_F(DropIn, EnablingAgainChangesTheAccuracyOnly) {
  const Tensor x = Inputs(), fast = Forward(x, {}, Accuracy::fast), accurate = Forward(x, {});
  ASSERT_FALSE(SameTensors(fast, accurate));
  for (const Accuracy accuracy : {Accuracy::fast, Accuracy::accurate, Accuracy::fast}) {
    torch::enable(accuracy);
    EXPECT_EQ(torch::accuracy(), accuracy);
    EXPECT_TRUE(SameTensors(at::elu(x), accuracy == Accuracy::fast ? fast : accurate));
  }
  torch::disable();
  EXPECT_EQ(torch::accuracy(), Accuracy::fast);  // of the last enable()
  EXPECT_THROW(torch::enable(static_cast<Accuracy>(7)), c10::ValueError);
  EXPECT_FALSE(torch::enabled());
}

TEST_F(DropIn, CountsCallsWhileEnabled) {
  const Tensor x = Inputs(16);
  const torch::Calls before = torch::calls();
  at::elu(x);
  at::selu(x);
  at::celu(x.requires_grad_(), 0.5).sum().backward();
  at::elu(x.detach(), 1e31);
  std::thread([] { at::elu(Inputs(16)); }).join();
  torch::disable();
  at::elu(x);
  const torch::Calls after = torch::calls();
  EXPECT_EQ(after.handled - before.handled, 5U);
  EXPECT_EQ(after.passed_on - before.passed_on, 1U);
}

TEST_F(DropIn, DisableRestoresPyTorchsBits) {
  torch::disable();
  const Tensor x = Inputs(), before = at::elu(x), gradient = at::elu_backward(x, 1, 1, 1, false, x);
  torch::enable();
  at::elu(x);
  torch::disable();
  EXPECT_FALSE(torch::enabled());
  EXPECT_TRUE(SameTensors(at::elu(x), before));
  EXPECT_TRUE(SameTensors(at::elu_backward(x, 1, 1, 1, false, x), gradient));
}

}  // namespace
}  // namespace elu::tests
