#include <elu/elu.h>
#include <stdio.h>

int main(void) {
  const float x[] = {-2, -1, 0, 1, 2};
  float y[5];
  if (elu_forward_f32(x, y, 5, NULL, ELU_ACCURATE) != ELU_OK) return 1;
  for (int i = 0; i < 5; ++i) printf("%.8g\n", (double)y[i]);
  return 0;
}
