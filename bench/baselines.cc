// What any elementwise function costs at least: memcpy, and ReLU with ordinary and with non-temporal stores. And what
// the formula costs as it is written down: a loop over std::expm1.
#include "src/cpu/disabled-targets.h"  // the kernels' targets

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "bench/baselines.cc"
// clang-format off
#include <hwy/foreach_target.h>
// clang-format on
#include <hwy/cache_control.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace bench {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

template <bool kStream>
void Relu(const float* x, float* y, size_t n) {
  const hn::ScalableTag<float> d;
  const size_t lanes = hn::Lanes(d);
  size_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    const auto positive = hn::Max(hn::LoadU(d, x + i), hn::Zero(d));
    if constexpr (kStream) {
      hn::Stream(positive, d, y + i);  // the benchmark's arrays are aligned
    } else {
      hn::StoreU(positive, d, y + i);
    }
  }
  for (; i < n; ++i) y[i] = x[i] > 0 ? x[i] : 0;
  if constexpr (kStream) hwy::FlushStream();
}

void ReluStored(const float* x, float* y, size_t n) { Relu<false>(x, y, n); }
void ReluStreamed(const float* x, float* y, size_t n) { Relu<true>(x, y, n); }

}  // namespace HWY_NAMESPACE
}  // namespace bench
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <gnu/libc-version.h>

#include <cmath>
#include <cstring>

#include "bench/contestants.h"
#include "bench/dtypes.h"
#include "elu/elu.h"
#include "src/cpu/dispatch.h"

namespace bench {

ELU_EXPORT(ReluStored);
ELU_EXPORT(ReluStreamed);

namespace {

const std::size_t kRow = elu::cpu::RowOf(elu::cpu::TargetNamed(elu_target(), HWY_TARGETS));

void BestReluStored(const float* x, float* y, size_t n) { ELU_TABLE(ReluStored)[kRow](x, y, n); }
void BestReluStreamed(const float* x, float* y, size_t n) { ELU_TABLE(ReluStreamed)[kRow](x, y, n); }

Call PrepareMemcpy(const Task& task, const Arrays& arrays) {
  const size_t bytes = arrays.n * Size(task.dtype);
  return {[=] { std::memcpy(arrays.y, arrays.x, bytes); }};
}

using FloatLoop = void(const float*, float*, size_t);

Call PrepareRelu(const Task& task, const Arrays& arrays, FloatLoop* relu) {
  if (task.function != "forward" || task.dtype != "f32") return {};
  return {[=, x = static_cast<const float*>(arrays.x), y = static_cast<float*>(arrays.y)] { relu(x, y, arrays.n); }};
}

template <class T>
void Expm1Loop(const Arrays& arrays, const elu_params& p) {
  const auto* x = static_cast<const T*>(arrays.x);
  auto* y = static_cast<T*>(arrays.y);
  const auto scale = static_cast<T>(p.scale), below = static_cast<T>(p.scale * p.alpha);
  const auto input_scale = static_cast<T>(p.input_scale);
  for (size_t i = 0; i < arrays.n; ++i) y[i] = x[i] > 0 ? scale * x[i] : below * std::expm1(input_scale * x[i]);
}

Call PrepareExpm1(const Task& task, const Arrays& arrays) {
  if (task.function != "forward") return {};
  if (task.dtype == "f32") return {[=, p = task.params] { Expm1Loop<float>(arrays, p); }};
  if (task.dtype == "f64") return {[=, p = task.params] { Expm1Loop<double>(arrays, p); }};
  return {};
}

}  // namespace

void AddBaselines(std::vector<Contestant>* list) {
  const std::string libc = std::string("glibc ") + gnu_get_libc_version();
  list->push_back({"memcpy", libc, PrepareMemcpy, "", false, false});
  for (const auto& [name, relu] :
       {std::pair{"ReLU", &BestReluStored}, {"ReLU, non-temporal stores", &BestReluStreamed}}) {
    list->push_back({name, "through Highway",
                     [relu = relu](const Task& task, const Arrays& arrays) { return PrepareRelu(task, arrays, relu); },
                     "", false, false});
  }
  list->push_back({"std::expm1 loop", libc, PrepareExpm1});
}

}  // namespace bench
#endif  // HWY_ONCE
