// Three ways to apply ELU without a framework: to a new array, as a layer that remembers, and in place.
#include <elu/elu.hpp>

#include <cstdio>
#include <vector>

namespace {

void Print(const char* name, const std::vector<float>& values) {
  std::printf("%-11s", name);
  for (const float value : values) std::printf(" %7.4f", static_cast<double>(value));
  std::printf("\n");
}

}  // namespace

int main() {
  const std::vector<float> x = {-2, -1, 0, 1, 2};
  Print("input", x);

  std::vector<float> y(x.size());
  elu::forward(x, y);
  Print("functional", y);

  elu::Elu layer({.alpha = 1.0});
  layer.forward(x, y);  // keeps a view of x
  Print("module", y);
  std::vector<float> dx = {1, 1, 1, 1, 1};
  layer.backward(dx, dx);
  Print("gradient", dx);

  std::vector<float> z = x;
  elu::forward(z, z);
  Print("in place", z);
}
