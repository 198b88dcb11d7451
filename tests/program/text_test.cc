#include "program/text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace program {
namespace {

TEST(Format, IsOfAnyLength) {
  EXPECT_EQ(Format("%d of %s: %.2f", 2, "three", 0.5), "2 of three: 0.50");
  EXPECT_EQ(Format("%s", ""), "");
  const std::string name(1000, 'x');
  EXPECT_EQ(Format("<%s>", name.c_str()), "<" + name + ">");
}

TEST(ShortestDecimal, ReadsBackAsTheSameNumber) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity(), kNan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(ShortestDecimal(0.5), "0.5");
  EXPECT_EQ(ShortestDecimal(1e-7), "1e-07");
  EXPECT_EQ(ShortestDecimal(-0.0), "-0");
  EXPECT_EQ(ShortestDecimal(0.1), "0.1");
  EXPECT_EQ(ShortestDecimal(0.1F), "0.1");
  EXPECT_EQ(ShortestDecimal(static_cast<double>(0.1F)), "0.10000000149011612");
  EXPECT_EQ(ShortestDecimal(-kInfinity), "-inf");
  EXPECT_EQ(ShortestDecimal(std::copysign(kNan, -1.0)), "nan");
}

TEST(WithCommas, SeparatesThousands) {
  EXPECT_EQ(WithCommas(0), "0");
  EXPECT_EQ(WithCommas(999), "999");
  EXPECT_EQ(WithCommas(65536), "65,536");
  EXPECT_EQ(WithCommas(1'000'000), "1,000,000");
}

TEST(JsonText, EscapesWhatJsonDoesNotTake) {
  EXPECT_EQ(JsonText("x"), "\"x\"");
  EXPECT_EQ(JsonText("a \"b\" \\c\n\x1f"), R"("a \"b\" \\c\u000a\u001f")");
}

TEST(Escaped, IsTextToHtml) { EXPECT_EQ(Escaped("<a b=\"c\">&amp;"), "&lt;a b=&quot;c&quot;&gt;&amp;amp;"); }

}  // namespace
}  // namespace program
