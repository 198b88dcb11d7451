// The number types of a task by their names.
#ifndef ELU_BENCH_DTYPES_H_
#define ELU_BENCH_DTYPES_H_

#include <elu/types.hpp>

#include <string>

namespace bench {

// Calls f with a null pointer of the type that the name stands for.
template <class F>
auto WithType(const std::string& dtype, F f) {
  if (dtype == "f64") return f(static_cast<double*>(nullptr));
  if (dtype == "f16") return f(static_cast<elu::float16*>(nullptr));
  if (dtype == "bf16") return f(static_cast<elu::bfloat16*>(nullptr));
  return f(static_cast<float*>(nullptr));
}

// Bytes of a number.
inline size_t Size(const std::string& dtype) {
  return WithType(dtype, [](auto* null) { return sizeof(*null); });
}

template <class T>
T FromDouble(double value) {
  if constexpr (sizeof(T) == 2) {
    return T(static_cast<float>(value));
  } else {
    return static_cast<T>(value);
  }
}

}  // namespace bench

#endif  // ELU_BENCH_DTYPES_H_
