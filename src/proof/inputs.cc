#include "src/proof/inputs.h"

#include <bit>
#include <cmath>
#include <numbers>

#include "src/proof/random.h"

namespace elu::proof {
namespace {

// A finite float of random bits.
float FactorFor(float x) {
  std::uint32_t bits = (std::bit_cast<std::uint32_t>(x) ^ 0x9e3779b9U) * 2654435761U;
  bits ^= bits >> 15;
  const bool finite = (bits & 0x7f800000U) != 0x7f800000U;
  return std::bit_cast<float>(finite ? bits : bits ^ 0x40000000U);
}

void Set(const Function& function, std::uint64_t index, Block<Storage<Format::float32>>& block, std::size_t i) {
  const float x = std::bit_cast<float>(static_cast<std::uint32_t>(index));
  block.x[i] = x;
  if (function.inputs > 1) block.dy[i] = FactorFor(x);
  if (function.inputs > 2) block.ddx[i] = FactorFor(block.dy[i]);
}

template <class S>
  requires(sizeof(typename S::Type) == 2)
void Set(const Function& function, std::uint64_t index, Block<S>& block, std::size_t i) {
  block.x[i] = static_cast<std::uint16_t>(function.inputs == 1 ? index : index >> 16);
  if (function.inputs > 1) block.dy[i] = static_cast<std::uint16_t>(index);
  if (function.inputs < 3) return;
  const auto bits = static_cast<std::uint16_t>(Mix(index));
  const bool finite = (bits & S::kInfinity) != S::kInfinity;
  block.ddx[i] = static_cast<std::uint16_t>(finite ? bits : bits ^ 0x4000);
}

// Inputs of float64 where something may go wrong: z = input_scale * x near 0, the multiples of ln 2, the ends of the
// intervals of the reduction, which are among the multiples of ln(2)/16, saturation, and underflow.
double Point(std::uint64_t index, Random random, double input_scale) {
  const double ln2 = std::numbers::ln2;
  const auto near = [&](double x) {
    return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) + random.Bits() % 17 - 8);
  };
  switch (index % 16) {
    case 0:
    case 1:
    case 2: return -std::fabs(random.Finite());
    case 3: return random.Finite();
    case 4:
    case 5:
    case 6: return -random.Uniform(0, 40) / input_scale;
    case 7: return -random.WithExponent(-1074, 0) / input_scale;
    case 8:
    case 9: return near(-std::round(random.Uniform(1, 60)) * ln2 / input_scale);
    case 10: return near(-std::round(random.Uniform(1, 960)) * (ln2 / 16) / input_scale);
    case 11: return -random.Uniform(36, 38.5) / input_scale;
    case 12: return -random.Uniform(707, 746) / input_scale;
    case 13: return -static_cast<double>(random.Bits() >> 12) * 0x1p-1074;
    case 14: return random.WithExponent(-60, 60);
    default: return -random.Uniform(0, 1) / input_scale;
  }
}

// Outputs: where y + scale * alpha cancels, and everywhere else.
double PointFromOutput(std::uint64_t index, Random random, double limit) {
  switch (index % 8) {
    case 0: return random.Finite();
    case 1:
    case 2: return -random.Uniform(0, limit);
    case 3: return std::bit_cast<double>(std::bit_cast<std::uint64_t>(-limit) - random.Bits() % 64 + 8);
    case 4: return -limit * (1.0 - random.WithExponent(-53, 0));
    case 5: return -limit * random.WithExponent(-120, 0);
    case 6: return -std::fabs(random.Finite());
    default: return random.WithExponent(-60, 60);
  }
}

double SampleFactor(Random& random) { return random.Bits() % 4 == 0 ? random.Finite() : random.Signed(-60, 60); }

}  // namespace

std::uint64_t AllInputs(const Function& function, Format format) {
  if (format == Format::float64) return ~std::uint64_t{0};
  return std::uint64_t{1} << (format == Format::float32 || function.inputs > 1 ? 32 : 16);
}

template <Format format>
void Fill(const Function& function, const elu_params& p, std::uint64_t first, std::uint64_t stride,
          Block<Storage<format>>& block) {
  for (std::size_t i = 0; i < block.x.size(); ++i) {
    const std::uint64_t index = (first + i) * stride;
    if constexpr (format == Format::float64) {
      Random random(index);
      if (function.inputs > 1) block.dy[i] = SampleFactor(random);
      if (function.inputs > 2) block.ddx[i] = SampleFactor(random);
      block.x[i] = function.from_output ? PointFromOutput(index, random, p.scale * p.alpha)
                                        : Point(index, random, p.input_scale);
    } else {
      Set(function, index, block, i);
    }
  }
}

template void Fill(const Function&, const elu_params&, std::uint64_t, std::uint64_t, Block<Storage<Format::float32>>&);
template void Fill(const Function&, const elu_params&, std::uint64_t, std::uint64_t, Block<Storage<Format::float64>>&);
template void Fill(const Function&, const elu_params&, std::uint64_t, std::uint64_t, Block<Storage<Format::float16>>&);
template void Fill(const Function&, const elu_params&, std::uint64_t, std::uint64_t, Block<Storage<Format::bfloat16>>&);

std::vector<elu_params> ThousandAlphas() {
  std::vector<elu_params> sets;
  for (int i = 1; i <= 1000; ++i) sets.push_back({i / 100.0, 1, 1});
  return sets;
}

}  // namespace elu::proof
