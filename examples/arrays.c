/* ELU and its gradient on arrays from C99. In the project's folder, once `make demo-core` has built the library:

    cc -std=c99 examples/arrays.c -Iinclude -Lbuild/lib -lelu -Wl,-rpath,build/lib -o arrays
    ./arrays
*/
#include <elu/elu.h>

#include <stdio.h>

enum { kCount = 5 };

static void Print(const char* name, const float* values) {
  printf("%-10s", name);
  for (int i = 0; i < kCount; ++i) printf(" %7.4f", (double)values[i]);
  printf("\n");
}

int main(void) {
  const float x[kCount] = {-2.0f, -1.0f, 0.0f, 1.0f, 2.0f}, dy[kCount] = {1.0f, 1.0f, 1.0f, 1.0f, 1.0f};
  const elu_params half = {.alpha = 0.5, .scale = 1.0, .input_scale = 1.0};
  float y[kCount], dx[kCount];
  Print("x", x);

  elu_status status = elu_forward_f32(x, y, kCount, &half, ELU_ACCURATE);
  if (status == ELU_OK) status = elu_backward_f32(dy, x, dx, kCount, &half, ELU_ACCURATE);
  if (status != ELU_OK) {
    fprintf(stderr, "arrays: %s\n", elu_status_text(status));
    return 1;
  }
  Print("f(x)", y);
  Print("dx", dx);

  /* In place. NULL stands for ELU with alpha 1. */
  for (int i = 0; i < kCount; ++i) y[i] = x[i];
  if (elu_forward_f32(y, y, kCount, NULL, ELU_ACCURATE) != ELU_OK) return 1;
  Print("in place", y);

  /* What is not admitted writes nothing and says why. */
  const elu_params wrong = {.alpha = 1.0, .scale = 1.0, .input_scale = -1.0};
  status = elu_forward_f32(x, y, kCount, &wrong, ELU_ACCURATE);
  printf("refused    %s\n", elu_status_text(status));
  return status == ELU_ERROR_PARAMETERS ? 0 : 1;
}
