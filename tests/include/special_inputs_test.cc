// The tables of special inputs, for the reference and for every target in full vectors and in the remainder.
#include "tests/support/special_inputs.h"

#include <gtest/gtest.h>

#include "src/functions.h"
#include "tests/support/bits.h"
#include "tests/support/number_types.h"
#include "tests/support/special_results.h"

namespace elu::tests {
namespace {

std::string Describe(const SpecialInput& row) {
  std::string text = row.function + " alpha " + std::to_string(row.params.alpha) + " scale " +
                     std::to_string(row.params.scale) + " at";
  for (const float factor : row.factors) text += " " + Show(factor);
  return text + " " + Show(row.x) + ", expected " + Show(row.out);
}

// The kernel gives what the row has, and so does the reference.
template <class Type>
void Expect(const Type& type, const SpecialInput& row) {
  using T = typename Type::T;
  const T expected = Type::FromDouble(row.out);
  for (const T value : ResultsOf(type, row, ELU_ACCURATE)) {
    ASSERT_TRUE(Type::Same(value, expected)) << type.name << " " << Describe(row) << ": got " << Type::ToDouble(value);
  }
  const reference::Value value = reference::Find(row.function)(type.format, InputsOf(row), detail::ToC(row.params));
  const T exact = Type::FromDouble(value.rounded);
  EXPECT_TRUE(Type::Same(exact, expected))
      << type.name << " " << Describe(row) << ": the reference " << Type::ToDouble(exact);
}

class SpecialInputsOn : public testing::TestWithParam<std::string> {
 protected:
  WithTarget forced_{GetParam()};
};

TEST_P(SpecialInputsOn, AllTypes) {
  ForEachType([](const auto& type) {
    for (const SpecialInput& row : SpecialInputsOfAllTypes()) Expect(type, row);
  });
}

TEST_P(SpecialInputsOn, Float) {
  for (const SpecialInput& row : SpecialInputsOfFloat()) Expect(kF32, row);
}

// The fast mode keeps NaN, infinities, zeros and the limit; it may differ in last bits only.
TEST_P(SpecialInputsOn, Fast) {
  const auto expect = [](const SpecialInput& row) {
    for (const float value : ResultsOf(kF32, row, ELU_FAST)) {
      ASSERT_TRUE(Same(value, row.out)) << Describe(row) << ": got " << Show(value);
    }
  };
  for (SpecialInput row : SpecialInputsOfAllTypes()) {
    expect(row);
    if (row.function != "backward") continue;
    row.params = celu(2);
    expect(row);
  }
  // Not above and above the largest factor that floats take, at the ends of the range: powers of 2 are exact.
  for (const float dy : {0x1p+36F, 0x1.8p+36F, 0x1p+127F, -0x1p-149F}) expect({"backward", {}, -0x1p-149F, dy, {dy}});
}

// Fast forward takes scale in one float or in two: next to the largest float that must not be seen.
TEST_P(SpecialInputsOn, FastOverflowsWhereTheExactProductDoes) {
  const Function& forward = FindFunction("forward");
  const reference::Function by_reference = reference::Find("forward");
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
      const double exact = by_reference(reference::Format::float32, {.x = x[i]}, p).rounded;
      EXPECT_EQ(std::isinf(y[i]), std::isinf(exact)) << "scale " << Show(scale) << " x " << Show(x[i]);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Targets, SpecialInputsOn, testing::ValuesIn(Targets()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace elu::tests
