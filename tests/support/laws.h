// Every function of elu.h for every number type and accuracy, and inputs for them: what laws are tested on.
#ifndef ELU_TESTS_SUPPORT_LAWS_H_
#define ELU_TESTS_SUPPORT_LAWS_H_

#include <gtest/gtest.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "elu/elu.h"
#include "src/functions.h"
#include "tests/support/number_types.h"

namespace elu::tests {

// One function of elu.h for one type and accuracy: out = law(ddx, dy, x).
template <class Type>
struct Law {
  using T = typename Type::T;
  using In = std::span<const T>;

  const Function& function;
  Type type;
  elu_accuracy accuracy;
  elu_params params = {0.5, 1, 1};  // halves of odd subnormals are ties: the slow path runs

  void operator()(In ddx, In dy, In x, std::span<T> out) const {
    ASSERT_EQ((function.*type.call)(ddx.data(), dy.data(), x.data(), out.data(), x.size(), &params, accuracy), ELU_OK);
  }
  std::string Name() const {
    return std::string(function.name) + " " + type.name + (accuracy == ELU_FAST ? " fast" : " accurate");
  }
};

template <class Visitor>
void ForEachLaw(const Visitor& visit) {
  ForEachType([&](auto type) {
    for (const Function& function : kFunctions) {
      for (const elu_accuracy accuracy : {ELU_ACCURATE, ELU_FAST}) visit(Law<decltype(type)>{function, type, accuracy});
      // these have kernels of their own at alpha 1, and doubles at input_scale 1
      const bool doubles = type.format == reference::Format::float64;
      if (function.from_output || doubles) visit(Law<decltype(type)>{function, type, ELU_ACCURATE, {1, 1, 1}});
      if (doubles) visit(Law<decltype(type)>{function, type, ELU_ACCURATE, {1.7, 1.3, 0.3}});
    }
  });
}

// Three input arrays of one length.
template <class Type>
struct Data {
  using T = typename Type::T;
  std::vector<T> ddx, dy, x;

  explicit Data(std::size_t n) : ddx(Type::Mixed(n, 1)), dy(Type::Mixed(n, 2)), x(Type::Mixed(n, 3)) {}

  void Run(const Law<Type>& law, std::size_t first, std::size_t count, std::span<T> out) const {
    law(std::span(ddx).subspan(first, count), std::span(dy).subspan(first, count), std::span(x).subspan(first, count),
        out.subspan(first, count));
  }
  std::vector<T> Whole(const Law<Type>& law) const {
    std::vector<T> out(x.size());
    Run(law, 0, x.size(), out);
    return out;
  }
};

}  // namespace elu::tests

#endif  // ELU_TESTS_SUPPORT_LAWS_H_
