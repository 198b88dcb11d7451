// The floating-point environment that the library computes in.
#ifndef ELU_SRC_ENVIRONMENT_H_
#define ELU_SRC_ENVIRONMENT_H_

#if defined(__SSE2__) || defined(_M_X64)
#define ELU_HAS_MXCSR 1
#include <xmmintrin.h>
#else
#define ELU_HAS_MXCSR 0
#include <cfenv>
#endif

namespace elu {

// Rounding to nearest without traps, for the life of the object; then the caller's modes are back. What it finds nearly
// always costs a look. Flags stay raised, and flush-to-zero stays as it is.
#if ELU_HAS_MXCSR
class Environment {
 public:
  // Not by fegetround, which looks at the x87 unit alone.
  Environment() : modes_(_mm_getcsr() & kModes) {
    if (modes_ != kDefault) [[unlikely]]
      Set(kDefault);
  }
  ~Environment() {
    if (modes_ != kDefault) [[unlikely]]
      Set(modes_);
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  static constexpr unsigned kRounding = 0x6000, kMasks = 0x1f80, kModes = kRounding | kMasks, kDefault = kMasks;

  static void Set(unsigned modes) { _mm_setcsr((_mm_getcsr() & ~kModes) | modes); }

  unsigned modes_;
};
#else
class Environment {
 public:
  Environment() : rounding_(std::fegetround()) {
    if (rounding_ != FE_TONEAREST) [[unlikely]]
      std::fesetround(FE_TONEAREST);
  }
  ~Environment() {
    if (rounding_ != FE_TONEAREST) [[unlikely]]
      std::fesetround(rounding_);
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  int rounding_;
};
#endif

}  // namespace elu

#endif  // ELU_SRC_ENVIRONMENT_H_
