#include "program/ending.h"

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <new>

#include "program/wrong_use.h"

namespace program {
namespace {

constexpr int kFailed = 1, kWrongUse = 2;

const char* name = "";
std::terminate_handler end_as_usual = nullptr;

int Complain(std::string message, int code) {
  // What was typed, or stands in a file, may hold anything, and a message is one line.
  for (char& c : message) c = std::iscntrl(static_cast<unsigned char>(c)) != 0 ? '?' : c;
  std::fprintf(stderr, "%s: %s\n", name, message.c_str());
  return code;
}

// The C++ runtime's last resort, which it takes too where not even an exception finds memory.
void EndForWantOfMemory() {
  if (std::current_exception() != nullptr) end_as_usual();  // another fault, of ours
  std::fprintf(stderr, "%s: out of memory\n", name);
  std::_Exit(kFailed);
}

}  // namespace

std::string What(const std::exception& error) { return error.what(); }

int RunToItsEnd(const char* program, const std::function<int()>& run, Words words) try {
  name = program;
  end_as_usual = std::set_terminate(EndForWantOfMemory);
  return run();
} catch (const WrongUse& error) {
  return Complain(words(error), kWrongUse);
} catch (const std::bad_alloc&) {
  return Complain("out of memory", kFailed);
} catch (const std::exception& error) {
  return Complain(words(error), kFailed);
}

}  // namespace program
