// The drop-in: which calls it takes, with which bits, and that everything else stays PyTorch's.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <atomic>
#include <thread>
#include <vector>

#include "bits.h"
#include "elu/elu.hpp"
#include "elu/torch.hpp"

namespace elu::tests {
namespace {

namespace F = ::torch::nn::functional;
using ::torch::Tensor;

// Enough for several threads and a remainder; both signs, NaN and infinities too.
Tensor Inputs(int64_t n = 100'003) {
  ::torch::manual_seed(1);
  Tensor x = ::torch::randn({n}) * 3;
  x[1] = std::numeric_limits<float>::quiet_NaN();
  x[2] = -std::numeric_limits<float>::infinity();
  x[3] = -0.0F;
  x[n - 1] = std::numeric_limits<float>::quiet_NaN();
  return x;
}

std::span<const float> Floats(const Tensor& t) { return {t.const_data_ptr<float>(), static_cast<size_t>(t.numel())}; }

bool SameTensors(const Tensor& a, const Tensor& b) {
  return a.sizes() == b.sizes() && a.dtype() == b.dtype() &&
         at::equal(at::isnan(a), at::isnan(b)) && at::equal(at::nan_to_num(a, 0.0), at::nan_to_num(b, 0.0)) &&
         at::equal(at::signbit(at::nan_to_num(a, 1.0)), at::signbit(at::nan_to_num(b, 1.0)));
}

Tensor Forward(const Tensor& x, Params p) {
  Tensor y = at::empty_like(x);
  forward(Floats(x), {y.mutable_data_ptr<float>(), static_cast<size_t>(y.numel())}, p);
  return y;
}

Tensor Backward(const Tensor& dy, const Tensor& at, Params p, bool from_output) {
  Tensor dx = at::empty_like(dy);
  const std::span<float> out{dx.mutable_data_ptr<float>(), static_cast<size_t>(dx.numel())};
  from_output ? backward_from_output(Floats(dy), Floats(at), out, p) : backward(Floats(dy), Floats(at), out, p);
  return dx;
}

class DropIn : public testing::Test {
 protected:
  void SetUp() override { torch::enable(); }
  void TearDown() override { torch::disable(); }
};

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

// PyTorch's gradient has input_scale = 1 / float(alpha), which is visible in the last bits.
TEST_F(DropIn, TheGradientOfCeluIsThatOfItsAlpha) {
  for (const double alpha : {0.3, 0.1, 3.0, 1.0}) {
    Tensor x = Inputs().requires_grad_();
    const Tensor dy = Inputs().flip(0).contiguous();
    at::celu(x, alpha).backward(dy);
    EXPECT_TRUE(SameTensors(x.grad(), Backward(dy, x.detach(), celu(alpha), false))) << alpha;
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

// What the kernels do not handle must have PyTorch's bits, shapes and errors.
TEST_F(DropIn, EverythingElseIsPyTorchs) {
  const Tensor x = at::randn({8, 6, 10, 10});
  const auto cases = [&x]() -> std::vector<Tensor> {
    return {at::elu(x.to(at::kDouble)), at::elu(x.to(at::kBFloat16)), at::elu(x.to(at::kHalf)), at::elu(x.transpose(0, 3)),
            at::elu(x.contiguous(at::MemoryFormat::ChannelsLast)), at::elu(x.slice(3, 0, 10, 3)),
            at::elu(x[0][0][0][0].expand({5, 7})), at::elu(x, 1e31), at::elu(x, 1, 1, 0), at::elu(x.slice(0, 0, 0)),
            at::elu(at::randn({8, 64, 1, 1}).contiguous(at::MemoryFormat::ChannelsLast)).zero_(),
            at::elu(at::randn({8, 1, 5, 5}).contiguous(at::MemoryFormat::ChannelsLast)).zero_(),
            at::elu(at::randn({3}).as_strided({1, 3}, {100, 1})).zero_(), at::elu(at::empty({0, 3}).t()),
            at::elu_backward(x.transpose(0, 3), 1, 1, 1, false, x.transpose(0, 3)),
            at::elu_backward(x.to(at::kDouble), 1, 1, 1, false, x.to(at::kDouble))};
  };
  const std::vector<Tensor> with = cases();
  torch::disable();
  const std::vector<Tensor> without = cases();
  for (size_t i = 0; i < with.size(); ++i) {
    EXPECT_TRUE(at::allclose(with[i], without[i])) << i;
    EXPECT_EQ(with[i].strides(), without[i].strides()) << i;
  }
}

TEST_F(DropIn, ScalarsAndEmptyTensors) {
  EXPECT_EQ(at::elu(at::scalar_tensor(-1.0F)).item<float>(), -0.63212055F);
  EXPECT_EQ(at::elu(at::empty({0, 3})).sizes(), (std::vector<int64_t>{0, 3}));
}

TEST_F(DropIn, OutIsResizedOrRefusedAsInPyTorch) {
  const Tensor x = at::randn({40});
  Tensor empty = at::empty({0});
  at::elu_out(empty, x);
  EXPECT_EQ(empty.numel(), 40);
  Tensor store = at::randn({41}), before = store.clone();
  Tensor shifted = store.slice(0, 1);
  EXPECT_THROW(at::elu_out(shifted, store.slice(0, 0, 40)), c10::Error);  // overlap in part
  EXPECT_TRUE(at::equal(store, before));
  Tensor itself = store.slice(0, 0, 40);
  const Tensor expected = Forward(itself.clone(), {});
  at::elu_out(itself, itself);
  EXPECT_TRUE(SameTensors(itself, expected));
  std::vector<float> memory(41, -1.0F);  // one array under two storages
  Tensor out = ::torch::from_blob(memory.data() + 1, {40});
  EXPECT_NO_THROW(at::elu_out(out, ::torch::from_blob(memory.data(), {40})));
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

TEST_F(DropIn, SwitchingWhileOthersCompute) {
  const Tensor x = Inputs(2000);
  torch::disable();
  const Tensor theirs = at::elu(x);
  const Tensor ours = Forward(x, {});
  std::atomic<bool> stop = false;
  std::thread switcher([&] {
    for (int i = 0; !stop; ++i) i % 2 == 0 ? torch::enable() : torch::disable();
  });
  for (int i = 0; i < 2000; ++i) {
    const Tensor y = at::elu(x);
    ASSERT_TRUE(SameTensors(y, ours) || SameTensors(y, theirs));
  }
  stop = true;
  switcher.join();
}

}  // namespace
}  // namespace elu::tests
