// elu.hpp: defaults, named parameter sets, and what it refuses.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "elu/elu.hpp"

namespace elu {
namespace {

// The message of the std::invalid_argument that call throws; "" if it throws none.
template <class Call>
std::string Refusal(const Call& call) {
  try {
    call();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

bool Contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(CxxApi, VectorsConvertToSpans) {
  const std::vector<float> x = {-2, -1, 0, 1, 2};
  std::vector<float> y(5);
  forward(x, y);
  EXPECT_EQ(y, (std::vector<float>{-0.86466473F, -0.63212055F, 0, 1, 2}));
  forward(y, y, {.alpha = 0.5});
  EXPECT_FLOAT_EQ(y[0], 0.5F * std::expm1(-0.86466473F));
}

TEST(CxxApi, SeluAndCelu) {
  const std::vector<float> x = {-1, 1};
  std::vector<float> y(2);
  forward(x, y, selu());
  EXPECT_FLOAT_EQ(y[0], -1.1113307F);
  EXPECT_FLOAT_EQ(y[1], 1.0507010F);
  forward(x, y, celu(2));
  EXPECT_FLOAT_EQ(y[0], static_cast<float>(2 * std::expm1(-0.5)));
  derivative(std::vector<float>{0.0F, 1.0F}, y, celu(0.3));
  EXPECT_EQ(y[0], y[1]);  // smooth at 0 for every alpha
}

// The bits that an array of the same number gets.
template <class T>
void ExpectOneAsInArrays(const Params& p, Accuracy accuracy) {
  for (const float number : {-20.0F, -1.0F, -1e-3F, -0.0F, 0.0F, 0.7F, 2.0F}) {
    const T x = static_cast<T>(number), dy = static_cast<T>(1.25F);
    const std::vector<T> xs = {x}, dys = {dy};
    std::vector<T> out(1);
    const auto same = [&out](T one) { return std::memcmp(&one, out.data(), sizeof one) == 0; };
    forward(xs, out, p, accuracy);
    EXPECT_TRUE(same(forward(x, p, accuracy)));
    derivative(xs, out, p, accuracy);
    EXPECT_TRUE(same(derivative(x, p, accuracy)));
    second_derivative(xs, out, p, accuracy);
    EXPECT_TRUE(same(second_derivative(x, p, accuracy)));
    backward(dys, xs, out, p, accuracy);
    EXPECT_TRUE(same(backward(dy, x, p, accuracy)));
    plus_one(xs, out, accuracy);
    EXPECT_TRUE(same(plus_one(x, accuracy)));
  }
}

TEST(CxxApi, OneNumberIsAnArrayOfOne) {
  for (const Params& p : {Params{}, selu(), celu(0.3)}) {
    for (const Accuracy accuracy : {Accuracy::accurate, Accuracy::fast}) {
      ExpectOneAsInArrays<float>(p, accuracy);
      ExpectOneAsInArrays<double>(p, accuracy);
      ExpectOneAsInArrays<float16>(p, accuracy);
      ExpectOneAsInArrays<bfloat16>(p, accuracy);
    }
  }
  EXPECT_EQ(forward(-1.0F), -0.63212055F);
  EXPECT_EQ(forward(-1.0, {.alpha = 0.5}), 0.5 * std::expm1(-1.0));
  EXPECT_TRUE(Contains(Refusal([] { derivative(1.0F, {.alpha = 1e300}); }), "parameters not admitted"));
}

TEST(CxxApi, ParametersThatAreNotAdmitted) {
  constexpr double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<float> x = {-1, 1};
  for (const Params& p :
       {Params{nan, 1, 1}, Params{inf, 1, 1}, Params{1, nan, 1}, Params{1, inf, 1}, Params{1, 1, 0}, Params{1, 1, -1},
        Params{1, 1, nan}, Params{1, 1, inf}, Params{1e300, 1, 1}, Params{0x1p-101, 1, 1}, Params{1, 0x1p101, 1},
        Params{1, 1, 0x1p51}, Params{1, 0, 0x1p101}, Params{0x1p-1074, 0.5, 1}}) {
    std::vector<float> y = {7, 7};
    const std::string text = Refusal([&] { forward(x, y, p); });
    EXPECT_TRUE(Contains(text, "elu::forward: parameters not admitted")) << text;
    EXPECT_TRUE(Contains(text, "given alpha = ")) << text;
    EXPECT_FALSE(Contains(text, "\n")) << text;
    EXPECT_EQ(y, (std::vector<float>{7, 7})) << "nothing may be written";
  }
  std::vector<float> y(2);
  const std::string text = Refusal([&] { forward(x, y, {1e300, 1, 1}); });
  EXPECT_TRUE(Contains(text, "1.0000000000000001e+300")) << text;
}

TEST(CxxApi, ParametersAtTheEdgeAreAdmitted) {
  const std::vector<float> x = {-1, 1};
  std::vector<float> y(2);
  for (const Params& p : {Params{0x1p100, 1, 1}, Params{0x1p-100, 1, 1}, Params{0, 1, 1}, Params{-1, -1, 1},
                          Params{1, 0, 0x1p100}, Params{1, 1, 0x1p50}, Params{1, 1, 0x1p-50}}) {
    EXPECT_EQ(Refusal([&] { forward(x, y, p); }), "") << p.alpha << " " << p.scale << " " << p.input_scale;
  }
}

TEST(CxxApi, GradientsFromTheOutputNeedASignedBranch) {
  const std::vector<float> y = {-1, 1};
  std::vector<float> dx = {7, 7};
  for (const Params& p : {Params{-1, 1, 1}, Params{1, -1, 1}, Params{1, 0, 1}}) {
    EXPECT_TRUE(Contains(Refusal([&] { derivative_from_output(y, dx, p); }), "scale > 0 and alpha >= 0"));
    EXPECT_TRUE(Contains(Refusal([&] { backward_from_output(y, y, dx, p); }), "scale > 0 and alpha >= 0"));
  }
  EXPECT_EQ(dx, (std::vector<float>{7, 7}));
  EXPECT_EQ(Refusal([&] { derivative_from_output(y, dx, {.alpha = 0}); }), "");
}

TEST(CxxApi, LengthsMustAgree) {
  const std::vector<float> five(5), four(4);
  std::vector<float> out(4);
  EXPECT_TRUE(Contains(Refusal([&] { forward(five, out); }), "differ in length: 4 and 5"));
  EXPECT_TRUE(Contains(Refusal([&] { backward(five, four, out); }), "differ in length: 5 and 4"));
  EXPECT_TRUE(Contains(Refusal([&] { backward_from_output(four, five, out); }), "differ in length: 4 and 5"));
}

TEST(CxxApi, OverlapInPartIsRefused) {
  std::vector<float> a = {-1, -2, -3, -4, -5};
  const std::vector<float> before = a;
  const auto whole = std::span(a);
  EXPECT_TRUE(Contains(Refusal([&] { forward(whole.first(4), whole.last(4)); }), "overlaps"));
  EXPECT_TRUE(Contains(Refusal([&] { forward(whole.last(4), whole.first(4)); }), "overlaps"));
  a = before;
  const std::vector<float> dy(4, 1.0F);
  EXPECT_TRUE(Contains(Refusal([&] { backward(dy, whole.first(4), whole.last(4)); }), "overlaps"));
  EXPECT_EQ(a, before) << "nothing may be written";
  EXPECT_EQ(Refusal([&] { forward(whole.first(2), whole.last(3).first(2)); }), "");  // side by side
}

// Every 16-bit pattern goes to float and back; every float goes to the nearest of its neighbours, ties to even.
template <class Half>
void ExpectConversions() {
  for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
    const Half half = Half::from_bits(static_cast<std::uint16_t>(bits));
    const auto value = static_cast<float>(half);
    if (std::isnan(value)) {
      EXPECT_TRUE(std::isnan(static_cast<float>(Half(value))));
      continue;
    }
    ASSERT_EQ(Half(value).bits, half.bits) << bits;
    const Half next = Half::from_bits(static_cast<std::uint16_t>(bits + 1));
    const auto above = static_cast<float>(next);
    if (bits == 0x7fff || bits == 0xffff || !std::isfinite(above)) continue;
    const double middle = (static_cast<double>(value) + static_cast<double>(above)) / 2;
    const auto tie = static_cast<float>(middle);
    if (static_cast<double>(tie) != middle) continue;  // between subnormal floats
    ASSERT_EQ(Half(tie).bits, (bits & 1) == 0 ? half.bits : next.bits) << bits;
    ASSERT_EQ(Half(std::nextafter(tie, value)).bits, half.bits) << bits;
    ASSERT_EQ(Half(std::nextafter(tie, above)).bits, next.bits) << bits;
  }
}

TEST(CxxApi, HalvesConvertFromAndToFloat) {
  ExpectConversions<float16>();
  ExpectConversions<bfloat16>();
  constexpr float inf = std::numeric_limits<float>::infinity();
  EXPECT_EQ(float16(65519.996F).bits, 0x7bff);
  EXPECT_EQ(float16(65520.0F).bits, 0x7c00);
  EXPECT_EQ(float16(-inf).bits, 0xfc00);
  EXPECT_EQ(float16(0x1p-25F).bits, 0);
  EXPECT_EQ(float16(0x1.000002p-25F).bits, 1);
  EXPECT_EQ(float16(-0.0F).bits, 0x8000);
  EXPECT_EQ(bfloat16(std::numeric_limits<float>::max()).bits, 0x7f80);
  EXPECT_EQ(bfloat16(-inf).bits, 0xff80);
  EXPECT_TRUE(std::isnan(static_cast<float>(bfloat16(std::bit_cast<float>(0x7f800001U)))));
  EXPECT_TRUE(std::isnan(static_cast<float>(float16(std::bit_cast<float>(0x7f800001U)))));
}

template <class T>
class EveryType : public testing::Test {};
using Types = testing::Types<float, double, float16, bfloat16>;
TYPED_TEST_SUITE(EveryType, Types);

TYPED_TEST(EveryType, HasEveryFunction) {
  using T = TypeParam;
  const std::vector<T> x = {T(-1.0F), T(2.0F)}, ones = {T(1.0F), T(1.0F)};
  std::vector<T> y(2);
  const auto expect = [&y](double first, double second) {
    EXPECT_NEAR(static_cast<double>(y[0]), first, 0.002);
    EXPECT_NEAR(static_cast<double>(y[1]), second, 0.002);
  };
  const double e = std::exp(-1.0);
  forward(x, y);
  expect(e - 1, 2);
  derivative(x, y, {.alpha = 0.5}, Accuracy::fast);
  expect(e / 2, 1);
  derivative_from_output(x, y, {.alpha = 2});
  expect(1, 1);
  second_derivative(x, y);
  expect(e, 0);
  plus_one(x, y);
  expect(e, 3);
  backward(ones, x, y);
  expect(e, 1);
  backward_from_output(ones, x, y, {.alpha = 2});
  expect(1, 1);
  double_backward(ones, ones, x, y);
  expect(e, 0);
  plus_one_backward(ones, x, y);
  expect(e, 1);
}

TYPED_TEST(EveryType, LayerKeepsInputOrOutput) {
  using T = TypeParam;
  const std::vector<T> x = {T(-1.0F), T(2.0F)}, ones = {T(1.0F), T(1.0F)};
  std::vector<T> y(2), dx(2), expected(2);
  Elu<T> layer({.alpha = 0.5});
  EXPECT_EQ(layer.kept(), Elu<T>::Kept::nothing);
  EXPECT_TRUE(Contains(Refusal([&] { layer.backward(ones, dx); }), "no forward pass"));
  layer.forward(x, y);
  EXPECT_EQ(layer.kept(), Elu<T>::Kept::input);
  EXPECT_EQ(layer.view().data(), x.data());
  layer.backward(ones, dx);
  backward(ones, x, expected, {.alpha = 0.5});
  EXPECT_EQ(dx, expected);
  std::vector<T> z = x;
  layer.forward(z);
  EXPECT_EQ(z, y);
  EXPECT_EQ(layer.kept(), Elu<T>::Kept::output);
  layer.backward(ones, dx);
  backward_from_output(ones, z, expected, {.alpha = 0.5});
  EXPECT_EQ(dx, expected);
}

TEST(CxxApi, LayerRefuses) {
  EXPECT_TRUE(Contains(Refusal([] { Elu({.alpha = 1e300}); }), "parameters not admitted"));
  Elu layer({.alpha = -1});
  std::vector<float> x = {-1, 1}, one(1);
  EXPECT_TRUE(Contains(Refusal([&] { layer.forward(x); }), "alpha >= 0"));
  EXPECT_EQ(x, (std::vector<float>{-1, 1})) << "nothing may be written";
  EXPECT_TRUE(Contains(Refusal([&] { layer.forward(x, x); }), "in place"));
  std::vector<float> y(2);
  layer.forward(x, y);
  EXPECT_TRUE(Contains(Refusal([&] { layer.backward(one, y); }), "differ in length"));
}

// max(x, 0) + min(0, alpha (e^x - 1)) is the definition only for alpha >= 0.
TEST(CxxApi, TheSummaryFormulaNeedsAlphaNotNegative) {
  const std::vector<float> x = {-2, -0.5F, 0.5F, 2};
  std::vector<float> y(4);
  for (const double alpha : {0.0, 0.5, 1.0, 2.0, -1.0}) {
    forward(x, y, {.alpha = alpha});
    bool equal = true;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double z = static_cast<double>(x[i]);
      const double summary = std::max(z, 0.0) + std::min(0.0, alpha * std::expm1(z));
      equal = equal && std::abs(summary - static_cast<double>(y[i])) < 1e-6;
    }
    EXPECT_EQ(equal, alpha >= 0) << alpha;
  }
}

}  // namespace
}  // namespace elu
