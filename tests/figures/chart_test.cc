#include "figures/chart.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "program/text.h"

namespace elu_lab {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN(), kInfinity = std::numeric_limits<double>::infinity();

TEST(Ticks, LieWithinAndAreFew) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> exponent(-9, 9), share(1.05, 1e4);
  for (int i = 0; i < 2000; ++i) {
    const double low = std::pow(10, exponent(random)), high = low * share(random);
    for (const bool logarithmic : {false, true}) {
      const std::vector<double> ticks = Ticks(low, high, logarithmic);
      EXPECT_GE(ticks.size(), 2u) << low << " " << high;
      EXPECT_LE(ticks.size(), 9u) << low << " " << high;
      EXPECT_GE(ticks.front(), low * (1 - 1e-12));
      EXPECT_LE(ticks.back(), high * (1 + 1e-12));
    }
  }
  EXPECT_EQ(Ticks(0, 1, false), (std::vector{0.0, 0.2, 0.4, 3 * 0.2, 0.8, 1.0}));
}

TEST(Ticks, AreFewBetweenNeighbouringNumbers) {
  for (const double low : {-1.0, 0.0, 0.1, 0.7, 5e-324, 1e300}) {
    double high = low;
    for (int ulps = 1; ulps < 20; ++ulps) {
      high = std::nextafter(high, kInfinity);
      for (const bool logarithmic : {false, true}) {
        if (logarithmic && low <= 0) continue;
        EXPECT_LE(Ticks(low, high, logarithmic).size(), 20u) << low << " and " << ulps << " ulps";
      }
    }
  }
  for (const bool logarithmic : {false, true}) EXPECT_TRUE(Ticks(1, kInfinity, logarithmic).empty());
}

// Means of equal runs differ by ulps; the axis must show them as one value.
TEST(Chart, ShowsNearlyEqualValuesAsOne) {
  const double mean = (0.7 + 0.7 + 0.7) / 3;
  ASSERT_NE(mean, 0.7);
  for (const std::vector<double>& y :
       {std::vector<double>{0.09999999999999994, 0.1, 0.10000000000000002}, {mean, 0.7, mean}, {-0.7, -mean, -0.7}}) {
    for (const bool logarithmic : {false, true}) {
      const std::string html = ChartAsHtml({"t", {"x"}, {"y", logarithmic}, {{"a", 0, {1, 2, 3}, y, y, y}}});
      if (logarithmic && y[0] < 0) {
        EXPECT_EQ(html, "");
        continue;
      }
      EXPECT_NE(html.find("class=\"tick\""), std::string::npos);
      EXPECT_EQ(html.find("nan"), std::string::npos);
      EXPECT_LT(html.size(), 10000u);
    }
  }
}

TEST(Chart, StaysFiniteAtTheEndsOfTheFormat) {
  for (const bool logarithmic : {false, true}) {
    for (const double value : {5e-324, 1e-320, 2e-308, 1e300, 1.4e308, 1.7e308}) {
      const std::vector<double> y = {value, 1, 1.7e308, -1.7e308};
      for (const Series& series :
           {Series{"a", 0, {1, 2, 3, 4}, y}, Series{"a", 0, y, y}, Series{"a", 0, {1}, {value}}}) {
        const std::string html = ChartAsHtml({"t", {"x", logarithmic}, {"y", logarithmic}, {series}});
        EXPECT_EQ(html.find("nan"), std::string::npos) << value;
        EXPECT_EQ(html.find("inf"), std::string::npos) << value;
      }
    }
  }
}

TEST(Chart, IsNothingWithoutPoints) {
  EXPECT_EQ(ChartAsHtml({"t", {"x"}, {"y"}, {}}), "");
  EXPECT_EQ(ChartAsHtml({"t", {"x"}, {"y"}, {{"a", 0, {1}, {kNaN}, {}, {}}}}), "");
  EXPECT_EQ(ChartAsHtml({"t", {"x"}, {"y", true}, {{"a", 0, {1, 2}, {0, -1}, {}, {}}}}), "");
}

TEST(Chart, BreaksItsLineWhereAPointIsMissing) {
  const std::string html = ChartAsHtml({"t", {"x"}, {"y"}, {{"a", 0, {1, 2, 3, 4}, {1, kNaN, 2, kInfinity}, {}, {}}}});
  const std::string line =
      html.substr(html.find("class=\"line s0 d0\""), html.find("\"/>", html.find("class=\"line s0 d0\"")));
  EXPECT_EQ(std::ranges::count(line.substr(0, line.find("/>")), 'M'), 2);
  EXPECT_EQ(html.find("nan\""), std::string::npos);
}

size_t CountOf(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(Chart, MarksFewPointsAndTheirLegend) {
  const std::string mark = "class=\"mark ";
  const Series few = {"a", 0, {1}, {1}}, many = {"b", 1, std::vector<double>(99, 1.0), std::vector<double>(99, 1.0)};
  EXPECT_EQ(CountOf(ChartAsHtml({"t", {"x"}, {"y"}, {few}}), mark), 2u);
  EXPECT_EQ(CountOf(ChartAsHtml({"t", {"x"}, {"y"}, {many}}), mark), 0u);
  EXPECT_EQ(CountOf(ChartAsSvg({"t", {"x"}, {"y"}, {few, many}}, ""), mark), 2u);
}

TEST(Chart, TellsManyLinesApart) {
  std::set<std::string> samples;
  for (size_t style = 0; style < 64; ++style) {
    const std::string html = ChartAsHtml({"t", {"x"}, {"y"}, {{"a", style, {1}, {1}}}});
    samples.insert(html.substr(html.find("<ul")));
  }
  EXPECT_EQ(samples.size(), 64u);
}

std::set<std::string> TickTexts(const Axis& y, std::vector<double> values) {
  const std::vector<double> x(values.size(), 1.0);
  std::string html = ChartAsHtml({"t", {"x"}, y, {{"a", 0, x, std::move(values)}}});
  std::set<std::string> texts;
  const std::string start = "text-anchor=\"end\">";
  for (size_t at = html.find(start); at != std::string::npos; at = html.find(start, at + 1)) {
    const size_t from = at + start.size();
    texts.insert(html.substr(from, html.find('<', from) - from));
  }
  return texts;
}

TEST(Chart, DrawsNoughtsAndLittleOnAnAxisOfAtLeastSomeLength) {
  const Axis percent = {.label = "%", .least = 1};
  const std::set<std::string> ticks = {"0", "0.2", "0.4", "0.6", "0.8", "1"};
  EXPECT_EQ(TickTexts(percent, {0, 0}), ticks);
  EXPECT_EQ(TickTexts(percent, {0.001, 0.003}), ticks);
  EXPECT_TRUE(TickTexts(percent, {0, 40}).contains("40"));
}

TEST(Chart, EscapesEveryText) {
  const std::string bad = "<b a=\"&\">";
  const std::string html = ChartAsHtml({bad, {bad}, {bad}, {{bad, 0, {1}, {1}, {}, {}}}});
  EXPECT_EQ(html.find("<b"), std::string::npos);
  EXPECT_NE(html.find(program::Escaped(bad)), std::string::npos);
}

}  // namespace
}  // namespace elu_lab
