// The tables of special inputs, for the reference and for every target in full vectors and in the remainder.
#include "tests/support/special_inputs.h"

#include <gtest/gtest.h>

#include "src/functions.h"
#include "tests/support/bits.h"
#include "tests/support/number_types.h"

namespace elu::tests {
namespace {

constexpr std::size_t kLength = 67;  // full vectors and a remainder on every target

std::string Describe(const SpecialInput& row) {
  return row.function + " alpha " + std::to_string(row.params.alpha) + " scale " + std::to_string(row.params.scale) +
         " at " + Show(row.in) + ", expected " + Show(row.out);
}

// The kernel on kLength equal elements gives kLength times `out`, and the reference gives it too.
template <class Type>
void Expect(const Type& type, const Function& function, const Params& params, reference::Inputs in, double out,
            const std::string& what) {
  using T = typename Type::T;
  const std::vector<T> ddx(kLength, Type::FromDouble(in.ddx)), dy(kLength, Type::FromDouble(in.dy));
  const std::vector<T> x(kLength, Type::FromDouble(in.x));
  std::vector<T> got(kLength);
  const elu_params p = detail::ToC(params);
  ASSERT_EQ((function.*type.call)(ddx.data(), dy.data(), x.data(), got.data(), kLength, &p, ELU_ACCURATE), ELU_OK);
  const T expected = Type::FromDouble(out);
  for (const T value : got) {
    ASSERT_TRUE(Type::Same(value, expected)) << type.name << " " << what << ": got " << Type::ToDouble(value);
  }
  const T exact = Type::FromDouble(function.reference(type.format, in, p).rounded);
  EXPECT_TRUE(Type::Same(exact, expected)) << type.name << " " << what << ": the reference " << Type::ToDouble(exact);
}

class SpecialInputsOn : public testing::TestWithParam<std::string> {
 protected:
  WithTarget forced_{GetParam()};
};

TEST_P(SpecialInputsOn, AllTypes) {
  ForEachType([](const auto& type) {
    for (const SpecialInput& row : SpecialInputsOfAllTypes()) {
      Expect(type, FindFunction(row.function), row.params, {.x = row.in}, row.out, Describe(row));
    }
    for (const SpecialProduct& row : SpecialProductsOfAllTypes()) {
      const std::string what = " at " + Show(row.dy) + " " + Show(row.x);
      Expect(type, FindFunction("backward"), {}, {.x = row.x, .dy = row.dy}, row.dx, "backward" + what);
      Expect(type, FindFunction("plus-one-backward"), {}, {.x = row.x, .dy = row.dy}, row.dx,
             "plus-one-backward" + what);
      Expect(type, FindFunction("backward-from-output"), {}, {.x = row.x, .dy = row.dy}, row.dx_from_output,
             "backward-from-output" + what);
    }
  });
}

TEST_P(SpecialInputsOn, DoubleBackwardOfAllTypes) {
  constexpr float inf = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
  const struct {
    float ddx, dy, x, dx;
  } rows[] = {
      {nan, 1, -1, nan},    {1, nan, -1, nan},   {1, 1, nan, nan},     {2, 3, 0.0F, 6},       {-2, 3, -0.0F, -6},
      {2, 3, 1, 0.0F},      {-2, 3, 1, -0.0F},   {inf, 1, 1, nan},     {inf, 1, -1, inf},     {inf, -1, -1, -inf},
      {inf, 0.0F, -1, nan}, {1, inf, -inf, nan}, {1, -1, -inf, -0.0F}, {0.0F, -1, -1, -0.0F},
  };
  ForEachType([&](const auto& type) {
    for (const auto& row : rows) {
      Expect(type, FindFunction("double-backward"), {}, {.x = row.x, .dy = row.dy, .ddx = row.ddx}, row.dx,
             "double-backward at " + Show(row.ddx) + " " + Show(row.dy) + " " + Show(row.x));
    }
  });
}

TEST_P(SpecialInputsOn, Float) {
  ForEachType([](const auto& type) {
    if (type.format != reference::Format::float32) return;
    for (const SpecialInput& row : SpecialInputsOfFloat()) {
      Expect(type, FindFunction(row.function), row.params, {.x = row.in}, row.out, Describe(row));
    }
    for (const SpecialProduct& row :
         {SpecialProduct{-0x1p-149F, 3, -0x1p-149F, -0x1p-149F}, SpecialProduct{0x1p-149F, -0.75F, 0.0F, 0.0F}}) {
      Expect(type, FindFunction("backward"), {}, {.x = row.x, .dy = row.dy}, row.dx, "backward of a subnormal");
      Expect(type, FindFunction("backward-from-output"), {}, {.x = row.x, .dy = row.dy}, row.dx_from_output,
             "backward-from-output of a subnormal");
    }
    // products that two doubles cannot tell from a tie
    Expect(type, FindFunction("backward"), {0x1.260000000002p+0, 0x1.260002a00002p+0, 0x1.25fffd600002p+0},
           {.x = 0, .dy = 7}, 0x1.534a0ep+3, "backward next to a tie");
    Expect(type, FindFunction("backward-from-output"), {0x1.8000000008p+0, 0x1.8000600008p+0, 0x1.7fffa00008p+0},
           {.x = -0x1p-149, .dy = 621379}, 0x1.000012p+21, "backward-from-output next to a tie");
  });
}

// The fast mode keeps NaN, infinities, zeros and the limit; it may differ in last bits only.
TEST_P(SpecialInputsOn, Fast) {
  const auto expect = [](const char* function, const Params& params, float dy, float x, float out) {
    const std::vector<float> dys(kLength, dy), xs(kLength, x);
    std::vector<float> got(kLength);
    const elu_params p = detail::ToC(params);
    ASSERT_EQ(FindFunction(function).f32(nullptr, dys.data(), xs.data(), got.data(), kLength, &p, ELU_FAST), ELU_OK);
    for (const float value : got) {
      ASSERT_TRUE(Same(value, out)) << function << " at " << Show(dy) << " " << Show(x) << ": got " << Show(value);
    }
  };
  for (const SpecialInput& row : SpecialInputsOfAllTypes()) {
    expect(row.function.c_str(), row.params, 0, row.in, row.out);
  }
  for (const SpecialProduct& row : SpecialProductsOfAllTypes()) {
    expect("backward", {}, row.dy, row.x, row.dx);
    expect("backward", celu(2), row.dy, row.x, row.dx);
    expect("plus-one-backward", {}, row.dy, row.x, row.dx);
  }
  // Not above and above the largest factor that floats take, at the ends of the range: powers of 2 are exact.
  for (const float dy : {0x1p+36F, 0x1.8p+36F, 0x1p+127F, -0x1p-149F}) expect("backward", {}, dy, -0x1p-149F, dy);
}

// Fast forward takes scale in one float or in two: next to the largest float that must not be seen.
TEST_P(SpecialInputsOn, FastOverflowsWhereTheExactProductDoes) {
  const Function& forward = FindFunction("forward");
  // the last three: products that are the tie between the largest float and infinity, or within 2^-48 of it
  std::vector<double> scales = {selu().scale,        1.05, 1.1, 3.7, 0x1.fffffcp+20, 1800.999999, 0x1.c28af414092fcp+8,
                                0x1.dc88b131d27b7p+8};
  for (int i = 0; i < 500; ++i) {
    scales.push_back(1 + i * 0.0019937);
    const double tie = 0x1.ffffffp+127 / (std::ldexp(1 + static_cast<float>(i) * 0x1.234566p-9F, 107 + i % 20));
    scales.insert(scales.end(), {tie, std::nextafter(tie, 0.0), std::nextafter(tie, HUGE_VAL)});
  }
  for (const double scale : scales) {
    const elu_params p = {1, scale, 1};
    std::vector<float> x = {static_cast<float>(std::numeric_limits<float>::max() / scale)};
    for (int i = 0; i < 2; ++i) x.push_back(std::nextafter(x.back(), HUGE_VALF));
    for (int i = 0; i < 4; ++i) x.push_back(std::nextafter(i == 0 ? x[0] : x.back(), 0.0F));
    std::vector<float> y(x.size());
    ASSERT_EQ(forward.f32(nullptr, nullptr, x.data(), y.data(), x.size(), &p, ELU_FAST), ELU_OK);
    for (size_t i = 0; i < x.size(); ++i) {
      const double exact = forward.reference(reference::Format::float32, {.x = x[i]}, p).rounded;
      EXPECT_EQ(std::isinf(y[i]), std::isinf(exact)) << "scale " << Show(scale) << " x " << Show(x[i]);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Targets, SpecialInputsOn, testing::ValuesIn(Targets()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace elu::tests
