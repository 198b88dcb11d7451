#include "properties.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <random>

namespace elu::cli {
namespace {

// The negative float whose distance from zero, counted in floats, is `rank`.
float NegativeFloat(std::uint32_t rank) { return std::bit_cast<float>(rank | 0x80000000U); }

}  // namespace

float At(const ArrayFunction& f, float x) {
  std::vector<float> y(1);
  f({x}, y);
  return y[0];
}

double NormalMoment(const ArrayFunction& f, int power) {
  constexpr int kSteps = 1 << 16;
  constexpr double kRange = 12.0, kWidth = 2.0 * kRange / kSteps;
  std::vector<float> x(kSteps + 1), y(kSteps + 1);
  for (int i = 0; i <= kSteps; ++i) x[static_cast<std::size_t>(i)] = static_cast<float>(i * kWidth - kRange);
  f(x, y);
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto z = static_cast<double>(x[i]);
    sum += std::pow(static_cast<double>(y[i]), power) * std::exp(-0.5 * z * z);
  }
  return sum * kWidth / std::sqrt(2.0 * std::numbers::pi);
}

float LastWithValue(const ArrayFunction& f, float value) {
  std::uint32_t above = 0, at = std::bit_cast<std::uint32_t>(std::numeric_limits<float>::infinity());
  while (at - above > 1) {
    const std::uint32_t middle = above + (at - above) / 2;
    (At(f, NegativeFloat(middle)) == value ? at : above) = middle;
  }
  return NegativeFloat(at);
}

std::size_t CountFalls(const ArrayFunction& f) {
  constexpr std::uint32_t kInfinity = 0x7f800000U, kStride = 4079;  // a prime: all endings occur
  std::vector<float> x;
  for (std::uint32_t rank = kInfinity - 1; rank >= kStride; rank -= kStride) x.push_back(NegativeFloat(rank));
  for (std::uint32_t rank = 0; rank < kInfinity; rank += kStride) x.push_back(std::bit_cast<float>(rank));
  std::vector<float> y(x.size());
  f(x, y);
  std::size_t falls = 0;
  for (std::size_t i = 1; i < y.size(); ++i) falls += y[i] < y[i - 1] ? 1 : 0;
  return falls;
}

double Cost(const ArrayFunction& f) {
  constexpr std::size_t kSize = 1 << 16, kRuns = 101;
  std::mt19937 generator(0);
  std::normal_distribution<float> normal;
  std::vector<float> x(kSize), y(kSize);
  std::ranges::generate(x, [&] { return normal(generator); });
  std::vector<double> seconds;
  for (std::size_t run = 0; run < kRuns; ++run) {
    const auto start = std::chrono::steady_clock::now();
    f(x, y);
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  std::ranges::nth_element(seconds, seconds.begin() + kRuns / 2);
  return seconds[kRuns / 2] / kSize * 1e9;
}

}  // namespace elu::cli
