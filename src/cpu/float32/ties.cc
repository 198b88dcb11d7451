#include "src/cpu/float32/ties.h"

#include <bit>
#include <cstdint>

namespace elu::cpu {

std::optional<double> FactorBesideTies(double factor) {
  constexpr std::uint64_t kOne = std::uint64_t{1} << 52;
  constexpr std::uint64_t kLargestDenominator = std::uint64_t{1} << 10;  // choice: one product in 2^11 is rare
  constexpr std::uint64_t kNear = std::uint64_t{1} << 25;                // source: docs/numerics.md
  const auto bits = std::bit_cast<std::uint64_t>(factor);
  const std::uint64_t fraction = bits & (kOne - 1);
  if (fraction == 0) return std::nullopt;  // a power of 2
  // The continued fraction of twice the significand, by Euclid's algorithm: is it close to a ratio of small integers?
  std::uint64_t dividend = kOne | fraction, divisor = kOne / 2;
  std::uint64_t denominator = 0, before = 1;  // of the last two convergents
  for (bool above = true;; above = !above) {
    const std::uint64_t next = dividend / divisor * denominator + before, remainder = dividend % divisor;
    if (next > kLargestDenominator) return std::nullopt;
    if (remainder == 0) return factor;
    if (remainder < kNear) return std::bit_cast<double>(above ? bits + 1 : bits - 1);
    before = denominator;
    denominator = next;
    dividend = divisor;
    divisor = remainder;
  }
}

}  // namespace elu::cpu
