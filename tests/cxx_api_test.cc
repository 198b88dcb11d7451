// elu.hpp: defaults, named parameter sets, and what it refuses.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
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

TEST(CxxApi, ParametersThatAreNotAdmitted) {
  constexpr double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<float> x = {-1, 1};
  for (const Params& p : {Params{nan, 1, 1}, Params{inf, 1, 1}, Params{1, nan, 1}, Params{1, inf, 1},
                          Params{1, 1, 0}, Params{1, 1, -1}, Params{1, 1, nan}, Params{1, 1, inf}, Params{1e300, 1, 1},
                          Params{0x1p-101, 1, 1}, Params{1, 0x1p101, 1}, Params{1, 1, 0x1p51}, Params{1, 0, 0x1p101}, Params{0x1p-1074, 0.5, 1}}) {
    std::vector<float> y = {7, 7};
    const std::string text = Refusal([&] { forward(x, y, p); });
    EXPECT_TRUE(Contains(text, "elu::forward: parameters not admitted")) << text;
    EXPECT_TRUE(Contains(text, "given alpha = ")) << text;
    EXPECT_FALSE(Contains(text, "\n")) << text;
    EXPECT_EQ(y, (std::vector<float>{7, 7})) << "nothing may be written";
  }
  EXPECT_TRUE(Contains(Refusal([&] { std::vector<float> y(2); forward(x, y, {1e300, 1, 1}); }), "1e+300") ||
              Contains(Refusal([&] { std::vector<float> y(2); forward(x, y, {1e300, 1, 1}); }), "1.0000000000000001e+300"));
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
