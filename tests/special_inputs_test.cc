// The table of special inputs, for the reference and for every target in full vectors and in the remainder.
#include "special_inputs.h"

#include <gtest/gtest.h>

#include <cstring>

#include "bits.h"
#include "functions.h"
#include "parameter_sets.h"
#include "reference/reference.h"

namespace elu::tests {
namespace {

float Reference(const SpecialInput& row) {
  const elu_params p = ToC(row.params);
  if (row.function == "forward") return reference::Forward(row.in, p);
  if (row.function == "derivative") return reference::Derivative(row.in, p);
  return reference::DerivativeFromOutput(row.in, p);
}

std::string Describe(const SpecialInput& row, float got) {
  return row.function + " alpha " + std::to_string(row.params.alpha) + " scale " + std::to_string(row.params.scale) +
         " at " + Show(row.in) + ": got " + Show(got) + ", expected " + Show(row.out);
}

TEST(SpecialInputs, Reference) {
  for (const SpecialInput& row : SpecialInputs()) {
    EXPECT_TRUE(Same(Reference(row), row.out)) << Describe(row, Reference(row));
  }
}

class SpecialInputsOn : public testing::TestWithParam<std::string> {};

// 67 equal elements: full vectors and a remainder on every target.
TEST_P(SpecialInputsOn, Kernels) {
  const WithTarget forced(GetParam());
  ASSERT_EQ(GetParam(), elu_target());
  for (const SpecialInput& row : SpecialInputs()) {
    for (const Function& function : kFunctions) {
      if (row.function != function.name) continue;
      const std::vector<float> x(67, row.in);
      std::vector<float> y(x.size());
      const elu_params p = ToC(row.params);
      ASSERT_EQ(function.f32(x.data(), y.data(), x.size(), &p, ELU_ACCURATE), ELU_OK);
      for (const float value : y) ASSERT_TRUE(Same(value, row.out)) << GetParam() << ": " << Describe(row, value);
    }
  }
}

// Products that two doubles cannot tell from a tie.
TEST_P(SpecialInputsOn, BackwardNextToTies) {
  const WithTarget forced(GetParam());
  const std::vector<float> dy_slope(67, 7.0F), zero(67, 0.0F);
  std::vector<float> dx(67);
  elu::backward(dy_slope, zero, dx, {0x1.260000000002p+0, 0x1.260002a00002p+0, 0x1.25fffd600002p+0});
  for (const float value : dx) ASSERT_TRUE(Same(value, 0x1.534a0ep+3F)) << Show(value);
  const std::vector<float> dy_sum(67, 621379.0F), tiny(67, -0x1p-149F);
  elu::backward_from_output(dy_sum, tiny, dx, {0x1.8000000008p+0, 0x1.8000600008p+0, 0x1.7fffa00008p+0});
  for (const float value : dx) ASSERT_TRUE(Same(value, 0x1.000012p+21F)) << Show(value);
}

// dx is the IEEE product of dy and the derivative where one of them is special.
TEST_P(SpecialInputsOn, Backward) {
  const WithTarget forced(GetParam());
  constexpr float inf = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
  const struct { float dy, x, dx, dx_from_output; } rows[] = {
      {nan, 1, nan, nan}, {1, nan, nan, nan}, {inf, nan, nan, nan}, {inf, 1, inf, inf}, {-inf, 1, -inf, -inf},
      {inf, -inf, nan, nan}, {-inf, -inf, nan, nan}, {inf, -2, inf, nan}, {inf, -0.0F, inf, inf},
      {0.0F, -1, 0.0F, 0.0F}, {-0.0F, 1, -0.0F, -0.0F}, {-1, -inf, -0.0F, -0.0F}, {2, 0.0F, 2, 2},
      {-0x1p-149F, 3, -0x1p-149F, -0x1p-149F}, {0x1p-149F, -0.75F, 0.0F, 0.0F}, {3, inf, 3, 3},
  };
  for (const auto& row : rows) {
    const std::vector<float> dy(67, row.dy), x(67, row.x);
    std::vector<float> dx(67);
    elu::backward(dy, x, dx);
    for (const float value : dx) ASSERT_TRUE(Same(value, row.dx)) << Show(row.dy) << Show(row.x) << Show(value);
    elu::backward_from_output(dy, x, dx);
    for (const float value : dx) {
      ASSERT_TRUE(Same(value, row.dx_from_output)) << Show(row.dy) << Show(row.x) << Show(value);
    }
    const elu_params one = {1, 1, 1};
    EXPECT_TRUE(Same(reference::Backward(row.dy, row.x, one), row.dx)) << Show(row.dy) << Show(row.x);
    EXPECT_TRUE(Same(reference::BackwardFromOutput(row.dy, row.x, one), row.dx_from_output)) << Show(row.x);
  }
}

INSTANTIATE_TEST_SUITE_P(Targets, SpecialInputsOn, testing::ValuesIn(Targets()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace elu::tests
