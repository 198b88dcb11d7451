#include "cli/kernel/dtype.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "cli/kernel/number.h"

namespace elu::cli {
namespace {

template <class T>
using Bits =
    std::conditional_t<sizeof(T) == 8, std::uint64_t, std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint16_t>>;

template <class T>
constexpr T FromDouble(double number) {
  if constexpr (std::is_floating_point_v<T>) return static_cast<T>(number);
  else return T(static_cast<float>(number));
}

template <class T>
double Number(std::uint64_t bits) {
  return std::bit_cast<T>(static_cast<Bits<T>>(bits));
}

template <class T>
std::optional<double> Parse(const std::string& text) {
  return ParseNumber<T>(text);
}

template <class T>
std::string Format(double number) {
  return FormatNumber(FromDouble<T>(number));
}

template <class T, auto call>
std::vector<double> Evaluate(const Function& function, const std::vector<double>& x, const Params& params,
                             elu_accuracy accuracy) {
  std::vector<T> in(x.size()), out(x.size());
  std::ranges::transform(x, in.begin(), FromDouble<T>);
  const elu_params p = detail::ToC(params);
  const elu_status status = (function.*call)(nullptr, nullptr, detail::Data(std::span<const T>(in)),
                                             detail::Data(std::span<T>(out)), x.size(), &p, accuracy);
  detail::Check(function.name, status, params);
  return {out.begin(), out.end()};
}

template <class T>
std::vector<std::byte> Store(const std::vector<double>& numbers) {
  std::vector<T> stored(numbers.size());
  std::ranges::transform(numbers, stored.begin(), FromDouble<T>);
  const auto bytes = std::as_bytes(std::span(stored));
  return {bytes.begin(), bytes.end()};
}

template <class C, Call<C> Function::*call>
elu_status RunCall(const Function& function, const void* ddx, const void* dy, const void* x, void* out, std::size_t n,
                   const elu_params& p, elu_accuracy accuracy) {
  return (function.*call)(static_cast<const C*>(ddx), static_cast<const C*>(dy), static_cast<const C*>(x),
                          static_cast<C*>(out), n, &p, accuracy);
}

// C is T as elu.h has it.
template <class T, class C, Call<C> Function::*call>
constexpr Dtype Describe(const char* option, const char* name, reference::Format format) {
  constexpr auto kInfinity = std::bit_cast<Bits<T>>(FromDouble<T>(std::numeric_limits<double>::infinity()));
  return {option,          name,     format,    sizeof(T),         kInfinity,
          Number<T>,       Parse<T>, Format<T>, Evaluate<T, call>, Store<T>,
          RunCall<C, call>};
}

constexpr Dtype kDtypes[] = {
    Describe<float, float, &Function::f32>("f32", "binary32", reference::Format::float32),
    Describe<double, double, &Function::f64>("f64", "binary64", reference::Format::float64),
    Describe<float16, std::uint16_t, &Function::f16>("f16", "binary16", reference::Format::float16),
    Describe<bfloat16, std::uint16_t, &Function::bf16>("bf16", "bfloat16", reference::Format::bfloat16),
};

}  // namespace

std::string DtypeOption(const std::string& word) {
  constexpr std::pair<const char*, const char*> kOthers[] = {
      {"float32", "f32"}, {"float", "f32"}, {"single", "f32"},  {"fp32", "f32"}, {"float64", "f64"},
      {"double", "f64"},  {"fp64", "f64"},  {"float16", "f16"}, {"half", "f16"}, {"fp16", "f16"}};
  for (const auto& [other, option] : kOthers) {
    if (word == other) return option;
  }
  for (const Dtype& dtype : kDtypes) {
    if (word == dtype.name) return dtype.option;
  }
  return word;
}

std::vector<std::string> DtypeOptions() {
  std::vector<std::string> options;
  for (const Dtype& dtype : kDtypes) options.emplace_back(dtype.option);
  return options;
}

const Dtype& FindDtype(const std::string& option) {
  for (const Dtype& dtype : kDtypes) {
    if (option == dtype.option) return dtype;
  }
  throw std::out_of_range("there is no number type '" + option + "'");
}

}  // namespace elu::cli
