#include "program/ending.h"

#include <gtest/gtest.h>

#include <new>
#include <stdexcept>

#include "program/wrong_use.h"

namespace program {
namespace {

// Of a process of its own.
void End(int (*run)(), Words words = What) { std::exit(RunToItsEnd("elu", run, words)); }

int FailWithoutMemory() { throw std::bad_alloc(); }
int FailTwoLinesLong() { throw std::runtime_error("two\nlines \x1b[31m"); }
int RefuseTheRequest() { throw WrongUse("--alpha: no"); }
int RefuseAnArgument() { throw std::invalid_argument("of the library"); }

TEST(RunToItsEnd, ReturnsTheProgramsExitCode) {
  EXPECT_EXIT(End([] { return 0; }), testing::ExitedWithCode(0), "^$");
  EXPECT_EXIT(End([] { return 130; }), testing::ExitedWithCode(130), "^$");
}

TEST(RunToItsEnd, TellsEveryExceptionInOneLine) {
  EXPECT_EXIT(End(FailTwoLinesLong), testing::ExitedWithCode(1), "^elu: two\\?lines \\?\\[31m\n$");
  EXPECT_EXIT(End(RefuseAnArgument), testing::ExitedWithCode(1), "^elu: of the library\n$");
  EXPECT_EXIT(End(RefuseTheRequest), testing::ExitedWithCode(2), "^elu: --alpha: no\n$");
}

TEST(RunToItsEnd, TakesTheWordsThatItIsGiven) {
  const Words words = [](const std::exception&) { return std::string("in other words"); };
  EXPECT_EXIT(End(RefuseTheRequest, words), testing::ExitedWithCode(2), "^elu: in other words\n$");
}

TEST(RunToItsEnd, TellsThatMemoryIsShort) {
  EXPECT_EXIT(End(FailWithoutMemory), testing::ExitedWithCode(1), "^elu: out of memory\n$");
  EXPECT_EXIT(End([]() -> int { std::terminate(); }), testing::ExitedWithCode(1), "^elu: out of memory\n$");
}

}  // namespace
}  // namespace program
