/* elu.h compiled as C99: every function, defaults, statuses, statistics, targets. */
#include <elu/elu.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

static int failures = 0;

#define EXPECT(condition)                                             \
  do {                                                                \
    if (!(condition)) {                                               \
      fprintf(stderr, "line %d: not so: %s\n", __LINE__, #condition); \
      ++failures;                                                     \
    }                                                                 \
  } while (0)

static void TestFunctions(void) {
  const float x[5] = {-2.0f, -1.0f, 0.0f, 1.0f, 2.0f}, dy[5] = {1.0f, 1.0f, 1.0f, 1.0f, 1.0f};
  const elu_params half = {0.5, 1.0, 1.0};
  float y[5], d[5], dx[5];
  EXPECT(elu_forward_f32(x, y, 5, NULL, ELU_ACCURATE) == ELU_OK);
  EXPECT(y[0] == -0.86466473f && y[1] == -0.63212055f && y[2] == 0.0f && y[3] == 1.0f && y[4] == 2.0f);
  EXPECT(elu_derivative_f32(x, d, 5, NULL, ELU_FAST) == ELU_OK);
  EXPECT(d[0] == 0.13533528f && d[2] == 1.0f && d[4] == 1.0f);
  EXPECT(elu_backward_f32(dy, x, dx, 5, NULL, ELU_ACCURATE) == ELU_OK);
  EXPECT(memcmp(d, dx, sizeof d) == 0);
  EXPECT(elu_derivative_from_output_f32(y, d, 5, NULL) == ELU_OK);
  EXPECT(fabsf(d[0] - 0.13533528f) < 1e-7f && d[3] == 1.0f);
  EXPECT(elu_backward_from_output_f32(dy, y, dx, 5, NULL) == ELU_OK);
  EXPECT(memcmp(d, dx, sizeof d) == 0);
  EXPECT(elu_forward_f32(x, y, 5, &half, ELU_ACCURATE) == ELU_OK);
  EXPECT(y[1] == -0.31606027f);
}

/* Every function for every type at x = -1 and x = 2 in turns with ddx = dy = 1, where the results of all types round to
 * two numbers; of the gradients from the output x is taken for y. For 2 elements and for more than any loop takes at
 * once, of which memcheck is to see that all are written; with other parameters, whose numbers other tests check. */
enum { kMany = 258 };

#define EXPECT_ALL(call, number)                                        \
  EXPECT(call == ELU_OK && memcmp(y, y + 2, (n - 2) * sizeof *y) == 0); \
  EXPECT(p != NULL || (number))

#define TEST_TYPE(suffix, type, minus_one, one, two)                                                        \
  static void TestCalls_##suffix(const type* ones, const type* x, type* y, size_t n, const elu_params* p) { \
    EXPECT_ALL(elu_forward_##suffix(x, y, n, p, ELU_ACCURATE), y[1] == two);                                \
    EXPECT_ALL(elu_forward_##suffix(x, y, n, p, ELU_FAST), y[1] == two);                                    \
    EXPECT_ALL(elu_derivative_##suffix(x, y, n, p, ELU_ACCURATE), y[1] == one);                             \
    EXPECT_ALL(elu_derivative_##suffix(x, y, n, p, ELU_FAST), y[1] == one);                                 \
    EXPECT_ALL(elu_derivative_from_output_##suffix(x, y, n, p), y[0] == 0 && y[1] == one);                  \
    EXPECT_ALL(elu_second_derivative_##suffix(x, y, n, p, ELU_ACCURATE), y[0] != 0 && y[1] == 0);           \
    EXPECT_ALL(elu_second_derivative_##suffix(x, y, n, p, ELU_FAST), y[0] != 0 && y[1] == 0);               \
    EXPECT_ALL(elu_backward_##suffix(ones, x, y, n, p, ELU_ACCURATE), y[1] == one);                         \
    EXPECT_ALL(elu_backward_##suffix(ones, x, y, n, p, ELU_FAST), y[1] == one);                             \
    EXPECT_ALL(elu_backward_from_output_##suffix(ones, x, y, n, p), y[0] == 0 && y[1] == one);              \
    EXPECT_ALL(elu_double_backward_##suffix(ones, ones, x, y, n, p, ELU_ACCURATE), y[1] == 0);              \
    EXPECT_ALL(elu_plus_one_##suffix(x, y, n, ELU_ACCURATE), y[0] != 0 && y[1] != two);                     \
    EXPECT_ALL(elu_plus_one_##suffix(x, y, n, ELU_FAST), y[0] != 0 && y[1] != two);                         \
    EXPECT_ALL(elu_plus_one_backward_##suffix(ones, x, y, n, ELU_ACCURATE), y[0] != 0 && y[1] == one);      \
    EXPECT_ALL(elu_plus_one_backward_##suffix(ones, x, y, n, ELU_FAST), y[0] != 0 && y[1] == one);          \
  }                                                                                                         \
  static void TestType_##suffix(void) {                                                                     \
    const elu_params others = {0.7, 1.3, 0.9};                                                              \
    type x[kMany], ones[kMany], y[kMany];                                                                   \
    for (size_t i = 0; i < kMany; ++i) {                                                                    \
      x[i] = i % 2 == 0 ? minus_one : two;                                                                  \
      ones[i] = one;                                                                                        \
    }                                                                                                       \
    for (size_t n = 2; n <= kMany; n += kMany - 2) {                                                        \
      TestCalls_##suffix(ones, x, y, n, NULL);                                                              \
      TestCalls_##suffix(ones, x, y, n, &others);                                                           \
    }                                                                                                       \
  }

TEST_TYPE(f32, float, -1.0f, 1.0f, 2.0f)
TEST_TYPE(f64, double, -1.0, 1.0, 2.0)
TEST_TYPE(f16, uint16_t, 0xbc00, 0x3c00, 0x4000)
TEST_TYPE(bf16, uint16_t, 0xbf80, 0x3f80, 0x4000)

static void TestStatistics(void) {
  const elu_params relu = {0.0, 1.0, 1.0}, bad = {1.0, 1.0, 0.0};
  elu_moments moments = {7.0, 7.0, 7.0, 7.0};
  double gain = 7.0;
  EXPECT(elu_moments_of_normal(0.0, 1.0, &relu, &moments) == ELU_OK && moments.second_moment == 0.5);
  EXPECT(elu_initialisation_gain(NULL, &gain) == ELU_OK && fabs(gain - 1.2452) < 1e-4);
  EXPECT(elu_moments_of_normal(0.0, 0.0, NULL, &moments) == ELU_ERROR_DISTRIBUTION);
  EXPECT(elu_moments_of_normal(0.0, 1.0, NULL, NULL) == ELU_ERROR_NULL);
  EXPECT(elu_initialisation_gain(&bad, &gain) == ELU_ERROR_PARAMETERS);
}

static void TestStatuses(void) {
  const elu_params bad = {1.0, 1.0, 0.0}, negative = {-1.0, 1.0, 1.0};
  float a[8] = {-1, -1, -1, -1, -1, -1, -1, -1}, b[8] = {0};
  EXPECT(elu_forward_f32(a, b, 8, &bad, ELU_ACCURATE) == ELU_ERROR_PARAMETERS);
  EXPECT(elu_forward_f32(a, b, 8, NULL, (elu_accuracy)7) == ELU_ERROR_ACCURACY);
  EXPECT(elu_forward_f32(a, a + 1, 7, NULL, ELU_ACCURATE) == ELU_ERROR_OVERLAP);
  EXPECT(elu_forward_f32(NULL, b, 8, NULL, ELU_ACCURATE) == ELU_ERROR_NULL);
  EXPECT(elu_forward_f32(a, NULL, 8, NULL, ELU_ACCURATE) == ELU_ERROR_NULL);
  EXPECT(elu_forward_f32(NULL, NULL, 0, NULL, ELU_ACCURATE) == ELU_OK);
  EXPECT(elu_derivative_from_output_f32(a, b, 8, &negative) == ELU_ERROR_OUTPUT_AMBIGUOUS);
  EXPECT(elu_derivative_from_output_f32(a, b, 8, &bad) == ELU_ERROR_PARAMETERS);
  EXPECT(b[0] == 0.0f);
  EXPECT(elu_forward_f32(a, a, 8, NULL, ELU_ACCURATE) == ELU_OK);
  for (int status = -1; status <= 9; ++status) EXPECT(elu_status_text((elu_status)status)[0] != '\0');
}

static void TestTargets(void) {
  const char* names[16];
  const size_t count = elu_targets(names, 16);
  EXPECT(count >= 1 && count <= 16);
  EXPECT(elu_targets(NULL, 0) == count && elu_targets(NULL, 16) == count);
  for (size_t i = 0; i < count; ++i) {
    EXPECT(elu_set_target(names[i]) == ELU_OK);
    EXPECT(strcmp(elu_target(), names[i]) == 0);
  }
  EXPECT(elu_set_target("no such") == ELU_ERROR_TARGET);
  EXPECT(elu_set_target("") == ELU_ERROR_TARGET);
  EXPECT(strcmp(elu_target(), names[count - 1]) == 0);
  EXPECT(elu_set_target(NULL) == ELU_OK);
  EXPECT(strcmp(elu_target(), names[0]) == 0);
  EXPECT(strlen(elu_version()) >= 5);
}

int main(void) {
  TestFunctions();
  TestType_f32();
  TestType_f64();
  TestType_f16();
  TestType_bf16();
  TestStatistics();
  TestStatuses();
  TestTargets();
  printf("%s\n", failures == 0 ? "passed" : "failed");
  return failures == 0 ? 0 : 1;
}
