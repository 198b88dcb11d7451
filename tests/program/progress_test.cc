#include "program/progress.h"

#include <gtest/gtest.h>

namespace program {
namespace {

TEST(Bar, GrowsWithThePart) {
  EXPECT_EQ(Bar(0), "[....................]");
  EXPECT_EQ(Bar(0.26), "[#####...............]");
  EXPECT_EQ(Bar(1), "[####################]");
  EXPECT_EQ(Bar(1.5), Bar(1));
}

TEST(FormatSeconds, HasHoursWhereThereAreSome) {
  EXPECT_EQ(FormatSeconds(-1), "0:00");
  EXPECT_EQ(FormatSeconds(425.4), "7:05");
  EXPECT_EQ(FormatSeconds(3599.4), "59:59");
  EXPECT_EQ(FormatSeconds(3729), "1:02:09");
}

}  // namespace
}  // namespace program
