#include "lab/results/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

namespace elu_lab {
namespace {

// P(|T| <= t), with theta = atan(t / sqrt(freedom)).
double Within(double theta, int freedom) {
  const double cosine = std::cos(theta), sine = std::sin(theta);
  const bool odd = freedom % 2 == 1;
  double term = odd ? cosine : 1.0, sum = freedom == 1 ? 0.0 : term;
  for (int i = odd ? 2 : 1; i + 2 < freedom; i += 2) {
    term *= cosine * cosine * i / (i + 1);
    sum += term;
  }
  return odd ? 2.0 / std::numbers::pi * (theta + sine * sum) : sine * sum;
}

// The root of an increasing function that is below 0 at `low` and above it at `high`.
template <class Function>
double Bisect(Function f, double low, double high) {
  for (double middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    (f(middle) < 0.0 ? low : high) = middle;
  }
  return low;
}

}  // namespace

double StudentQuantile(int freedom, double confidence) {
  if (freedom < 1 || !(confidence > 0.0 && confidence < 1.0)) {
    throw std::invalid_argument("Student's t needs one degree of freedom and a confidence between 0 and 1");
  }
  const double theta =
      Bisect([&](double angle) { return Within(angle, freedom) - confidence; }, 0.0, std::numbers::pi / 2);
  return std::sqrt(freedom) * std::tan(theta);
}

Interval MeanInterval(const std::vector<double>& numbers, double confidence) {
  if (numbers.size() < 2) throw std::invalid_argument("an interval needs two numbers");
  const auto n = static_cast<double>(numbers.size());
  double sum = 0, squares = 0;
  for (const double number : numbers) sum += number;
  const double mean = sum / n;
  for (const double number : numbers) squares += (number - mean) * (number - mean);
  const double half =
      StudentQuantile(static_cast<int>(numbers.size()) - 1, confidence) * std::sqrt(squares / (n - 1) / n);
  return {mean, mean - half, mean + half};
}

double Quantile(std::vector<double> numbers, double part) {
  std::erase_if(numbers, [](double number) { return !std::isfinite(number); });
  if (numbers.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::ranges::sort(numbers);
  const double place = part * static_cast<double>(numbers.size() - 1);
  const auto below = static_cast<size_t>(place);
  const size_t above = std::min(below + 1, numbers.size() - 1);
  return std::lerp(numbers[below], numbers[above], place - static_cast<double>(below));
}

Interval PairedShares(int first, int second, int n, double confidence) {
  const double z = std::numbers::sqrt2 * Bisect([&](double x) { return std::erf(x) - confidence; }, 0.0, 6.0);
  const double p = (first + 1.0) / (n + 2.0), q = (second + 1.0) / (n + 2.0);
  const double half = z * std::sqrt((p + q - (p - q) * (p - q)) / (n + 2.0));
  return {static_cast<double>(first - second) / n, std::max(-1.0, p - q - half), std::min(1.0, p - q + half)};
}

}  // namespace elu_lab
