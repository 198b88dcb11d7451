// Floats compared as bits: +0 and -0 differ, all NaN are one.
#ifndef ELU_TESTS_SUPPORT_BITS_H_
#define ELU_TESTS_SUPPORT_BITS_H_

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "elu/elu.h"
#include "src/proof/with_target.h"

namespace elu::tests {

inline std::uint32_t Bits(float v) { return std::bit_cast<std::uint32_t>(v); }
inline float FromBits(std::uint32_t bits) { return std::bit_cast<float>(bits); }
inline bool Same(float a, float b) { return Bits(a) == Bits(b) || (std::isnan(a) && std::isnan(b)); }

inline std::string Show(float v) {
  char text[64];
  std::snprintf(text, sizeof text, "%.9g (%a, 0x%08x)", static_cast<double>(v), static_cast<double>(v), Bits(v));
  return text;
}

inline std::string Show(double v) {
  char text[64];
  std::snprintf(text, sizeof text, "%.17g (%a)", v, v);
  return text;
}

inline std::vector<std::string> Targets() { return proof::AvailableTargets(); }

using proof::WithTarget;

// A function's name as GoogleTest takes it.
inline std::string TestName(std::string name) {
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

}  // namespace elu::tests

#endif  // ELU_TESTS_SUPPORT_BITS_H_
