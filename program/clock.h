// Time that passes.
#ifndef ELU_PROGRAM_CLOCK_H_
#define ELU_PROGRAM_CLOCK_H_

#include <chrono>

namespace program {

using Clock = std::chrono::steady_clock;

inline double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace program

#endif  // ELU_PROGRAM_CLOCK_H_
