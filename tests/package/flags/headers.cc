// elu's headers, compiled with the flags of the project that includes them: conversions keep every finite number of 16
// bits. Integers are compared, since such flags may change what comparisons of floats give.
#include <cstdint>
#include <cstdio>

#include "elu/elu.hpp"

template <class T>
int Wrong(const char* name, std::uint32_t infinity) {
  int wrong = 0;
  for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
    if ((bits & 0x7fffU) >= infinity) continue;
    volatile float value = T::from_bits(static_cast<std::uint16_t>(bits));
    if (T(value).bits == bits) continue;
    if (wrong++ == 0) std::printf("%s 0x%04x becomes 0x%04x\n", name, bits, T(value).bits);
  }
  return wrong;
}

int main() { return Wrong<elu::float16>("float16", 0x7c00) + Wrong<elu::bfloat16>("bfloat16", 0x7f80) == 0 ? 0 : 1; }
