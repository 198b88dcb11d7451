#include <elu/elu.hpp>

#include <cstdio>
#include <vector>

int main() {
  std::vector<float> x = {-2, -1, 0, 1, 2};
  elu::forward(x, x);
  for (const float value : x) std::printf("%.8g\n", static_cast<double>(value));
}
