// The C ABI: arrays of every size and place, NULL, parameters and accuracies of every kind. The status is one that
// elu.h names for what is wrong; a refused call writes nothing, another its results and nothing beside them; these
// depend neither on the place nor on a split, and apart equals in place.
#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <set>
#include <string>
#include <vector>

#include "src/functions.h"
#include "src/proof/with_target.h"
#include "tests/fuzz/fuzzing.h"
#include "tests/support/number_types.h"

namespace elu::fuzz {
namespace {

constexpr std::size_t kMost = 200, kRoom = 500;  // elements of an array, and of the memory that all of them lie in

enum class Admission { kNo, kBorder, kYes };

// As elu.h has it. Long doubles hold these products without underflow and overflow; next to a limit they may round.
Admission Admitted(const elu_params& p) {
  const long double scale = p.scale, limit = scale * p.alpha, slope = limit * p.input_scale;
  Admission admission = p.input_scale > 0 ? Admission::kYes : Admission::kNo;
  const long double input_scale = p.input_scale;
  for (const long double product : {scale, limit, input_scale, slope, slope * input_scale}) {
    const long double size = std::fabs(product), near = 0x1p-50L;
    if (product == 0) continue;
    const bool outside = !(size >= 0x1p-100L * (1 - near) && size <= 0x1p100L * (1 + near));
    const bool inside = size >= 0x1p-100L * (1 + near) && size <= 0x1p100L * (1 - near);
    admission = std::min(admission, outside ? Admission::kNo : inside ? Admission::kYes : Admission::kBorder);
  }
  return admission;
}

double Parameter(FuzzedDataProvider& data) {
  constexpr double kOften[] = {1, 0, -1, 0.5, 2, 0x1p-100, 0x1p100, -0.0, 0x1p-1074, HUGE_VAL, NAN};
  if (data.ConsumeBool()) return data.PickValueInArray(kOften);
  return std::bit_cast<double>(data.ConsumeIntegral<std::uint64_t>());
}

// A call of a function, with arrays that lie in one memory; a place beyond it stands for NULL.
template <class Type>
struct Call {
  using T = typename Type::T;

  Call(const Type& type_of_numbers, FuzzedDataProvider& data)
      : type(type_of_numbers),
        function(kFunctions[data.ConsumeIntegralInRange<std::size_t>(0, std::size(kFunctions) - 1)]) {
    n = data.ConsumeIntegralInRange<std::size_t>(0, kMost);
    for (std::size_t& place : places) place = data.ConsumeIntegralInRange<std::size_t>(0, kRoom - n + 1);
    params = {Parameter(data), Parameter(data), Parameter(data)};
    default_params = data.ConsumeBool();
    accuracy = static_cast<elu_accuracy>(data.ConsumeIntegralInRange(-1, 3));
    const auto numbers = data.ConsumeRemainingBytes<std::uint8_t>();
    memory.resize(kRoom);
    for (std::size_t i = 0; i < kRoom * sizeof(T) && !numbers.empty(); ++i) {
      reinterpret_cast<std::uint8_t*>(memory.data())[i] = numbers[i % numbers.size()];
    }
  }

  // The inputs that the function takes, as indices of `places`; the output is the last.
  std::vector<std::size_t> Inputs() const {
    std::vector<std::size_t> inputs;
    for (std::size_t i = 3 - static_cast<std::size_t>(function.inputs); i < 3; ++i) inputs.push_back(i);
    return inputs;
  }
  bool Null(std::size_t array) const { return places[array] == kRoom - n + 1; }
  T* Place(std::size_t array) { return Null(array) ? nullptr : memory.data() + places[array]; }

  elu_status Run(const T* ddx, const T* dy, const T* x, T* out, std::size_t count) const {
    return (function.*type.call)(ddx, dy, x, out, count, default_params ? nullptr : &params, accuracy);
  }

  const Type& type;
  const Function& function;
  std::size_t n, places[4];
  elu_params params;
  bool default_params;
  elu_accuracy accuracy;
  std::vector<T> memory;
};

// Every status that elu.h allows, ELU_OK where nothing is certainly wrong.
template <class Type>
std::set<elu_status> Allowed(const Call<Type>& call) {
  std::set<elu_status> allowed;
  const elu_params& p = call.params;
  const Function& function = call.function;
  const bool own = function.parameters && !call.default_params;
  if (function.accuracy && call.accuracy != ELU_ACCURATE && call.accuracy != ELU_FAST) {
    allowed.insert(ELU_ERROR_ACCURACY);
  }
  if (own && Admitted(p) == Admission::kNo) allowed.insert(ELU_ERROR_PARAMETERS);
  if (own && function.from_output && !(p.scale > 0 && p.alpha >= 0)) allowed.insert(ELU_ERROR_OUTPUT_AMBIGUOUS);
  const auto distance = [&](std::size_t in) {
    return std::max(call.places[in], call.places[3]) - std::min(call.places[in], call.places[3]);
  };
  for (const std::size_t in : call.Inputs()) {
    const bool null = call.Null(in) || call.Null(3);
    if (call.n > 0 && null) allowed.insert(ELU_ERROR_NULL);
    if (!null && distance(in) > 0 && distance(in) < call.n) allowed.insert(ELU_ERROR_OVERLAP);
  }
  if (allowed.empty()) allowed.insert(ELU_OK);
  if (own && Admitted(p) == Admission::kBorder) allowed.insert({ELU_OK, ELU_ERROR_PARAMETERS});
  return allowed;
}

// The same from arrays of their own and of just this size, in two calls: the sanitizer sees what is read beside them.
template <class Type>
std::vector<typename Type::T> ResultsApart(const Call<Type>& call, std::size_t first) {
  using T = typename Type::T;
  std::vector<T> results;
  for (const auto& [begin, count] : {std::pair(std::size_t{0}, first), std::pair(first, call.n - first)}) {
    std::vector<T> arrays[3], out(count);
    for (const std::size_t in : call.Inputs()) {
      const T* const from = call.memory.data() + call.places[in] + begin;
      arrays[in].assign(from, from + count);
    }
    const elu_status status = call.Run(arrays[0].data(), arrays[1].data(), arrays[2].data(), out.data(), count);
    Require(status == ELU_OK, "what is right in place is right apart");
    results.insert(results.end(), out.begin(), out.end());
  }
  return results;
}

template <class Type>
void TryArrays(const Type& type, FuzzedDataProvider& data) {
  using T = typename Type::T;
  const std::size_t split = data.ConsumeIntegral<std::uint8_t>();
  Call<Type> call(type, data);
  const std::vector<T> before = call.memory;
  std::vector<T> expected = before;
  const std::set<elu_status> allowed = Allowed(call);
  const bool runs = allowed.contains(ELU_OK) && call.n > 0 && !call.Null(3);
  const std::vector<T> apart =
      runs && allowed.size() == 1 ? ResultsApart(call, std::min(split, call.n)) : std::vector<T>();
  std::ranges::copy(apart, expected.begin() + (apart.empty() ? 0 : static_cast<std::ptrdiff_t>(call.places[3])));
  const elu_status status = call.Run(call.Place(0), call.Place(1), call.Place(2), call.Place(3), call.n);
  Require(allowed.contains(status), "the status is what elu.h says");
  const bool untouched = std::memcmp(before.data(), call.memory.data(), kRoom * sizeof(T)) == 0;
  Require(status == ELU_OK || untouched, "a refused call writes nothing");
  if (allowed.size() == 1) Require(Type::Same(call.memory, expected), "results are the same in place and apart, alone");
}

void TryMoments(FuzzedDataProvider& data) {
  const double mu = Parameter(data), sigma = Parameter(data);
  const elu_params p = {Parameter(data), Parameter(data), Parameter(data)};
  const bool distribution = std::fabs(mu) <= 0x1p100 && sigma >= 0x1p-100 && sigma <= 0x1p100;
  const Admission admission = Admitted(p);
  elu_moments moments = {7, 7, 7, 7};
  double gain = 7;
  const elu_status status = elu_moments_of_normal(mu, sigma, &p, &moments);
  const elu_status of_gain = elu_initialisation_gain(&p, &gain);
  if (admission == Admission::kYes) Require((status == ELU_OK) == distribution && of_gain == ELU_OK, "admitted");
  if (admission == Admission::kNo) Require(status != ELU_OK && of_gain == ELU_ERROR_PARAMETERS, "not admitted");
  Require(status == ELU_OK ? moments.variance >= 0 && moments.second_moment >= 0 : moments.mean == 7, "moments");
  Require(of_gain == ELU_OK ? gain > 0 : gain == 7, "a gain is above 0");
}

void TryTarget(FuzzedDataProvider& data) {
  const std::vector<std::string> there = proof::AvailableTargets();
  const std::string name = data.ConsumeRandomLengthString().c_str(), before = elu_target();
  const bool known = std::ranges::find(there, name) != there.end();
  Require((elu_set_target(name.c_str()) == ELU_OK) == known, "the targets there are can be forced, and no others");
  Require(elu_target() == (known ? name : before), "a forced target is in use, an unknown one changes nothing");
}

}  // namespace
}  // namespace elu::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace elu::fuzz;
  FuzzedDataProvider data(bytes, size);
  static const std::vector<std::string> targets = elu::proof::AvailableTargets();
  const std::size_t kind = data.ConsumeIntegralInRange<std::size_t>(0, 7);
  elu_set_target(targets[data.ConsumeIntegralInRange<std::size_t>(0, targets.size() - 1)].c_str());
  if (kind == 0) TryMoments(data);
  if (kind == 1) TryTarget(data);
  std::size_t type_number = 0;
  elu::tests::ForEachType([&](const auto& type) {
    if (type_number++ == kind % 4 && kind > 1) TryArrays(type, data);
  });
  return 0;
}
