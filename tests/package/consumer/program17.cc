#include <elu/elu.h>

#include <array>
#include <cstdio>

int main() {
  const std::array<float, 5> x = {-2, -1, 0, 1, 2};
  std::array<float, 5> y{};
  if (elu_forward_f32(x.data(), y.data(), y.size(), nullptr, ELU_ACCURATE) != ELU_OK) return 1;
  for (const float value : y) std::printf("%.8g\n", static_cast<double>(value));
}
