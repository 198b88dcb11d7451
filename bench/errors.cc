#include "bench/errors.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <type_traits>

#include "bench/dtypes.h"

namespace bench {
namespace {

struct Format {
  int digits, least_exponent;  // bits of a significand; exponent of the smallest normal number
};

template <class T>
constexpr Format FormatOf() {
  if constexpr (std::is_same_v<T, double>) return {53, -1022};
  if constexpr (std::is_same_v<T, elu::float16>) return {11, -14};
  if constexpr (std::is_same_v<T, elu::bfloat16>) return {8, -126};
  return {24, -126};
}

template <class T>
std::vector<T> TestInputs() {
  std::vector<T> inputs;
  if constexpr (sizeof(T) == 2) {
    for (uint32_t bits = 0; bits < 0x10000U; ++bits) inputs.push_back(T::from_bits(static_cast<uint16_t>(bits)));
  } else if constexpr (sizeof(T) == 4) {
    for (uint64_t bits = 0; bits < uint64_t{1} << 32; bits += 1009) {
      inputs.push_back(std::bit_cast<float>(static_cast<uint32_t>(bits)));
    }
  } else {
    std::mt19937_64 engine(1);
    std::uniform_real_distribution<double> exponent(-1060, 6);
    for (int i = 0; i < 1 << 20; ++i) {
      // Half of them where f is neither x nor -alpha.
      inputs.push_back(-std::exp2(i % 2 == 0 ? exponent(engine) : std::fmod(exponent(engine), 12)));
    }
  }
  std::erase_if(inputs, [](T x) { return !std::isfinite(static_cast<double>(x)); });
  return inputs;
}

long double Exact(long double x, const elu_params& p) {
  const auto scale = static_cast<long double>(p.scale);
  return x > 0 ? scale * x : scale * static_cast<long double>(p.alpha) * std::expm1(p.input_scale * x);
}

// The unit in the last place of `exact` rounded to the format.
long double Ulp(long double exact, const Format& format) {
  const auto unit = [&](long double value) {
    const int exponent = value == 0 ? format.least_exponent : std::max(std::ilogb(value), format.least_exponent);
    return std::ldexp(1.0L, exponent - format.digits + 1);
  };
  const long double first = unit(exact);
  return unit(std::nearbyint(exact / first) * first);
}

template <class T>
void Compare(T x, T y, long double exact, Errors* errors) {
  constexpr Format kFormat = FormatOf<T>();
  const long double smallest = std::ldexp(1.0L, kFormat.least_exponent);
  const auto from = static_cast<double>(x), computed = static_cast<double>(y);
  double ulp = static_cast<double>(std::fabs(static_cast<long double>(computed) - exact) / Ulp(exact, kFormat));
  if (!std::isfinite(computed)) {
    // Beyond the largest number only: infinity is the right result then.
    const long double limit = std::ldexp(1.0L, 1 - kFormat.least_exponent);
    ulp = std::isinf(computed) && std::fabs(exact) * (1 + std::ldexp(1.0L, -kFormat.digits)) >= limit ? 0 : INFINITY;
  }
  const bool subnormal = std::fabs(from) < smallest || std::fabs(exact) < smallest;
  Worst& worst = subnormal ? errors->subnormal : errors->normal;
  if (ulp > worst.ulp) worst = {ulp, from};
}

}  // namespace

ErrorMeter::ErrorMeter(const Task& task) : task_(task) {
  WithType(task.dtype, [&](auto* null) {
    const auto inputs = TestInputs<std::remove_pointer_t<decltype(null)>>();
    x_.resize(inputs.size() * sizeof(inputs[0]));
    std::memcpy(x_.data(), inputs.data(), x_.size());
    for (const auto x : inputs) exact_.push_back(Exact(static_cast<double>(x), task.params));
  });
}

std::optional<Errors> ErrorMeter::Measure(const Contestant& contestant) const {
  std::vector<std::byte> y(x_.size());
  const Call call = contestant.prepare(task_, {x_.data(), nullptr, y.data(), inputs(), true});
  if (!call.run) return std::nullopt;
  call.run();
  return WithType(task_.dtype, [&](auto* null) {
    using T = std::remove_pointer_t<decltype(null)>;
    Errors errors;
    for (size_t i = 0; i < inputs(); ++i) {
      T from, to;
      std::memcpy(&from, &x_[i * sizeof(T)], sizeof(T));
      std::memcpy(&to, &y[i * sizeof(T)], sizeof(T));
      Compare(from, to, exact_[i], &errors);
    }
    return errors;
  });
}

}  // namespace bench
