/* Inputs whose results -ffast-math, or a part of it, has been seen to change, on every instruction set of this machine,
 * in full vectors and in the remainder. Prints what is wrong; the exit status tells whether something is. */
#include <elu/elu.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

enum { kLength = 67, kTargets = 32 };
static int wrong = 0;

/* NaN is NaN, and zeros have signs. */
static int Same(double a, double b) { return a == b ? signbit(a) == signbit(b) : isnan(a) && isnan(b); }

static void Expect(const char* what, elu_status status, double got, double right) {
  if (status == ELU_OK && Same(got, right)) return;
  printf("%s on %s: status %d, %.17g instead of %.17g\n", what, elu_target(), (int)status, got, right);
  wrong = 1;
}

static void Forward32(const char* what, float x, double alpha, float right) {
  const elu_params p = {alpha, 1, 1};
  float in[kLength], out[kLength];
  for (int i = 0; i < kLength; ++i) in[i] = x;
  const elu_status status = elu_forward_f32(in, out, kLength, &p, ELU_ACCURATE);
  for (int i = 0; i < kLength; ++i) Expect(what, status, out[i], right);
}

static void Backward32(const char* what, float dy, float x, float right) {
  float dys[kLength], in[kLength], out[kLength];
  for (int i = 0; i < kLength; ++i) dys[i] = dy, in[i] = x;
  const elu_status status = elu_backward_f32(dys, in, out, kLength, NULL, ELU_ACCURATE);
  for (int i = 0; i < kLength; ++i) Expect(what, status, out[i], right);
}

static void Derivative64(const char* what, double x, double right) {
  double in[kLength], out[kLength];
  for (int i = 0; i < kLength; ++i) in[i] = x;
  const elu_status status = elu_derivative_f64(in, out, kLength, NULL, ELU_ACCURATE);
  for (int i = 0; i < kLength; ++i) Expect(what, status, out[i], right);
}

static void ForwardBFloat16(const char* what, uint16_t x, uint16_t right) {
  uint16_t in[kLength], out[kLength];
  for (int i = 0; i < kLength; ++i) in[i] = x;
  const elu_status status = elu_forward_bf16(in, out, kLength, NULL, ELU_ACCURATE);
  for (int i = 0; i < kLength; ++i) Expect(what, status, out[i], right);
}

static void ExpectNamedInputs(void) {
  Forward32("forward(-0.5)", -0.5F, 1, -0.393469334F);
  Forward32("forward(-0.001)", -0.001F, 1, -0.000999500160F);
  Forward32("forward(-0)", -0.0F, 1, -0.0F);
  Forward32("forward(NaN)", NAN, 1, NAN);
  Forward32("forward(-inf)", -INFINITY, 1, -1);
  Forward32("forward(inf)", INFINITY, 1, INFINITY);
  Forward32("forward of the smallest float", 0x1p-149F, 1, 0x1p-149F);
  Forward32("forward of a negative subnormal float", -0x1.8p-140F, 1, -0x1.8p-140F);
  Forward32("forward(-2^-35) at alpha 2^-100", -0x1p-35F, 0x1p-100, -0x1p-135F);
  Backward32("gradient of NaN", NAN, -1, NAN);
  Backward32("gradient at NaN", 1, NAN, NAN);
  Backward32("gradient of -0", -0.0F, -1, -0.0F);
  Backward32("gradient of infinity", INFINITY, -1, INFINITY);
  Derivative64("derivative(-689.07)", -689.07, 5.504290605566268e-300);
  Derivative64("derivative(NaN)", NAN, NAN);
  ForwardBFloat16("forward of bfloat16's -0.5", 0xbf00, 0xbec9);
}

int main(void) {
  const char* targets[kTargets];
  const size_t count = elu_targets(targets, kTargets);
  for (size_t i = 0; i < count; ++i) {
    Expect("elu_set_target", elu_set_target(targets[i]), 0, 0);
    ExpectNamedInputs();
  }
#if defined(__SSE2__) /* a library that is linked with -ffast-math would have set them when it was loaded */
  Expect("flush-to-zero and denormals-are-zero", ELU_OK, _mm_getcsr() & 0x8040, 0);
#endif
  return wrong;
}
