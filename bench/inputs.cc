#include "bench/inputs.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <limits>
#include <map>
#include <new>
#include <random>

#include "bench/dtypes.h"

namespace bench {
namespace {

constexpr size_t kPage = 4096;
constexpr size_t kPeriod = size_t{1} << 20;  // longer arrays repeat themselves, so that 32 Mi numbers are made quickly

using Engine = std::mt19937_64;

double Normal(Engine& engine) { return std::normal_distribution<>()(engine); }

// `smallest` is the smallest normal number of the type.
double Draw(const std::string& kind, double smallest, Engine& engine) {
  const double z = Normal(engine);
  if (kind == "positive") return std::fabs(z);
  if (kind == "negative") return -std::fabs(z);
  if (kind == "below -20") return -20 - std::fabs(z);
  if (kind == "half subnormal") return engine() % 2 == 0 ? z : std::fmod(z, 1.0) * smallest;
  if (kind == "random signs") return engine() % 2 == 0 ? 1 : -1;
  return z;
}

template <class T>
double SmallestNormal() {
  return std::is_same_v<T, elu::float16> ? 0x1p-14 : (sizeof(T) == 8 ? std::numeric_limits<double>::min() : 0x1p-126);
}

template <class T>
std::shared_ptr<void> Drawn(const std::string& kind, size_t n, Engine::result_type seed) {
  const size_t bytes = (n * sizeof(T) + kPage - 1) / kPage * kPage;
  std::shared_ptr<void> memory(std::aligned_alloc(kPage, bytes), std::free);
  if (memory == nullptr) throw std::bad_alloc();
  auto* numbers = static_cast<T*>(memory.get());
  Engine engine(seed);
  const size_t period = std::min(n, kPeriod);
  for (size_t i = 0; i < period; ++i) numbers[i] = FromDouble<T>(Draw(kind, SmallestNormal<T>(), engine));
  for (size_t i = period; i < n; ++i) numbers[i] = numbers[i - period];
  return memory;
}

elu_status Forward(float* x, size_t n, const elu_params* p) { return elu_forward_f32(x, x, n, p, ELU_ACCURATE); }
elu_status Forward(double* x, size_t n, const elu_params* p) { return elu_forward_f64(x, x, n, p, ELU_ACCURATE); }
elu_status Forward(elu::float16* x, size_t n, const elu_params* p) {
  auto* bits = reinterpret_cast<uint16_t*>(x);
  return elu_forward_f16(bits, bits, n, p, ELU_ACCURATE);
}
elu_status Forward(elu::bfloat16* x, size_t n, const elu_params* p) {
  auto* bits = reinterpret_cast<uint16_t*>(x);
  return elu_forward_bf16(bits, bits, n, p, ELU_ACCURATE);
}

}  // namespace

std::vector<std::string> InputKinds() {
  return {"normal", "positive", "negative", "below -20", "half subnormal", "random signs"};
}

Inputs::Inputs(const Task& task, const std::string& kind, size_t n) : n_(n) {
  WithType(task.dtype, [&](auto* null) {
    using T = std::remove_pointer_t<decltype(null)>;
    x_ = Drawn<T>(kind, n, 1);
    y_ = Drawn<T>("normal", n, 2);
    if (task.function.starts_with("backward")) dy_ = Drawn<T>("normal", n, 3);
    if (task.function == "backward_from_output") Forward(static_cast<T*>(x_.get()), n, &task.params);
  });
}

}  // namespace bench
