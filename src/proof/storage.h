// The four formats as arrays hold them: their exact values, and the functions of arrays for them.
#ifndef ELU_SRC_PROOF_STORAGE_H_
#define ELU_SRC_PROOF_STORAGE_H_

#include <bit>
#include <cstdint>

#include "src/functions.h"
#include "src/reference/reference.h"

namespace elu::proof {

using reference::Format;

template <Format format>
struct Storage;

template <>
struct Storage<Format::float32> {
  using Type = float;
  static double Widen(float v) { return v; }
  static Call<float> Kernel(const Function& f) { return f.f32; }
};

template <>
struct Storage<Format::float64> {
  using Type = double;
  static double Widen(double v) { return v; }
  static Call<double> Kernel(const Function& f) { return f.f64; }
};

template <>
struct Storage<Format::float16> {
  using Type = std::uint16_t;
  static constexpr std::uint16_t kInfinity = 0x7c00;
  // Exponent and significand land in those of a float whose exponent is 112 too small; inf and NaN get all ones.
  static double Widen(std::uint16_t bits) {
    const std::uint32_t sign = (bits & 0x8000U) << 16, magnitude = bits & 0x7fffU;
    if (magnitude >= kInfinity) return std::bit_cast<float>(sign | 0x7f800000U | magnitude << 13);
    return static_cast<double>(std::bit_cast<float>(sign | magnitude << 13)) * 0x1p112;
  }
  static Call<std::uint16_t> Kernel(const Function& f) { return f.f16; }
};

template <>
struct Storage<Format::bfloat16> {
  using Type = std::uint16_t;
  static constexpr std::uint16_t kInfinity = 0x7f80;
  static double Widen(std::uint16_t bits) { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }
  static Call<std::uint16_t> Kernel(const Function& f) { return f.bf16; }
};

}  // namespace elu::proof

#endif  // ELU_SRC_PROOF_STORAGE_H_
