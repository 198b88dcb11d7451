// Random numbers that depend on a seed alone, whatever the machine.
#ifndef ELU_SRC_PROOF_RANDOM_H_
#define ELU_SRC_PROOF_RANDOM_H_

#include <bit>
#include <cmath>
#include <cstdint>

namespace elu::proof {

// The finaliser of SplitMix64 (Steele, Lea, Flood, 2014).
inline std::uint64_t Mix(std::uint64_t v) {
  v += 0x9e3779b97f4a7c15;
  v = (v ^ v >> 30) * 0xbf58476d1ce4e5b9;
  v = (v ^ v >> 27) * 0x94d049bb133111eb;
  return v ^ v >> 31;
}

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(Mix(seed)) {}

  std::uint64_t Bits() { return state_ = Mix(state_); }
  double Uniform(double low, double high) { return low + (high - low) * static_cast<double>(Bits() >> 11) * 0x1p-53; }

  // 2^low <= v < 2^high, each exponent as likely, random bits
  double WithExponent(int low, int high) {
    const int exponent = low + static_cast<int>(Bits() % static_cast<unsigned>(high - low));
    return std::scalbn(1.0 + static_cast<double>(Bits() >> 12) * 0x1p-52, exponent);
  }
  double Signed(int low, int high) { return Bits() % 2 == 0 ? WithExponent(low, high) : -WithExponent(low, high); }

  // Any double but infinities and NaN.
  double Finite() {
    const std::uint64_t bits = Bits();
    const bool finite = (bits & 0x7ff0000000000000) != 0x7ff0000000000000;
    return std::bit_cast<double>(finite ? bits : bits ^ 0x4000000000000000);
  }

 private:
  std::uint64_t state_;
};

}  // namespace elu::proof

#endif  // ELU_SRC_PROOF_RANDOM_H_
