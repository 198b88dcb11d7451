/* elu: the ELU activation and its gradients, for C and everything that can call C.
 *
 *     f(x)  = scale * x                                                x > 0
 *     f(x)  = scale * alpha * (exp(input_scale * x) - 1)               x <= 0
 *     f'(x) = scale                                                    x > 0
 *     f'(x) = scale * alpha * input_scale * exp(input_scale * x)       x <= 0
 *
 * Source: Clevert, Unterthiner, Hochreiter, "Fast and Accurate Deep Network Learning by Exponential Linear Units",
 * ICLR 2016; scale and input_scale as in PyTorch's aten::elu, so that SELU and CELU are members of the family.
 *
 * Promises that hold for every function here:
 * - Error: results are correctly rounded (to nearest, ties to even), so they do not depend on the instruction set, the
 *   position in the array, the alignment or the split into calls. docs/numerics.md names what was run to prove it, and
 *   the one reservation: parameters could be made for which a result lies within 2^-101 of a tie of the rounding.
 * - Special values: NaN gives NaN; the branch is chosen by x alone, and x = 0, whatever its sign, belongs to x <= 0;
 *   f keeps the sign of zero where scale * alpha is positive; f(+inf) = scale * inf, f(-inf) = -scale * alpha rounded,
 *   f'(-inf) = 0 with the sign of scale * alpha.
 * - Arrays: n elements each. The output may be one of the inputs (in place); any other overlap is an error. Nothing
 *   outside the arrays is touched. Pointers may be NULL when n is 0. No alignment is asked for beyond float's.
 * - Failure: a status other than ELU_OK; then nothing was written.
 * - No function allocates, prints, starts a thread or throws, nor locks after the first call. All may be called from
 *   any number of threads.
 * - Assumed: the rounding mode is to nearest. With flush-to-zero switched on, subnormal inputs and results become
 *   zeros of the same sign.
 */
#ifndef ELU_ELU_H_
#define ELU_ELU_H_

#include <stddef.h>

#if defined(_WIN32)
#if defined(ELU_BUILDING)
#define ELU_API __declspec(dllexport)
#elif defined(ELU_SHARED)
#define ELU_API __declspec(dllimport)
#else
#define ELU_API
#endif
#else
#define ELU_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Admitted: input_scale > 0, and each of |scale|, |scale * alpha|, input_scale, |scale * alpha * input_scale|,
 * |scale * alpha * input_scale^2| is 0 or within [2^-100, 2^100]. alpha and scale may be negative or 0.
 * Used as doubles, never rounded to float. */
typedef struct elu_params {
  double alpha;       /* 1 for ELU; 1.67326... for SELU */
  double scale;       /* 1 for ELU and CELU; 1.05070... for SELU */
  double input_scale; /* 1 for ELU and SELU; 1 / alpha for CELU */
} elu_params;

typedef enum elu_accuracy {
  ELU_ACCURATE = 0, /* correctly rounded */
  ELU_FAST = 1      /* leave to trade accuracy for speed, at most 1 ulp at alpha 1 and 2 ulp otherwise;
                       this version does not use it and gives the accurate results */
} elu_accuracy;

typedef enum elu_status {
  ELU_OK = 0,
  ELU_ERROR_PARAMETERS = 1,       /* the parameters are not admitted */
  ELU_ERROR_OUTPUT_AMBIGUOUS = 2, /* a gradient from the output needs scale > 0 and alpha >= 0 */
  ELU_ERROR_OVERLAP = 3,          /* an output overlaps an input without being it */
  ELU_ERROR_NULL = 4,             /* an array is NULL and n is not 0 */
  ELU_ERROR_ACCURACY = 5,         /* not one of elu_accuracy */
  ELU_ERROR_TARGET = 6            /* no instruction set of this name here */
} elu_status;

/* What a status means, in a few words. Never NULL. */
ELU_API const char* elu_status_text(elu_status status);

/* "major.minor.patch" */
ELU_API const char* elu_version(void);

/* In all that follows p == NULL stands for ELU with alpha 1: {1, 1, 1}. */

/* y[i] = f(x[i]) */
ELU_API elu_status elu_forward_f32(const float* x, float* y, size_t n, const elu_params* p, elu_accuracy accuracy);

/* dydx[i] = f'(x[i]) */
ELU_API elu_status elu_derivative_f32(const float* x, float* dydx, size_t n, const elu_params* p,
                                      elu_accuracy accuracy);

/* dydx[i] = f' of the x whose output is y[i]: scale for y > 0, +0 for y <= -scale * alpha (rounded), and between them
 * input_scale * (y + scale * alpha), correctly rounded as a function of y. Once y has been rounded the gradient of its
 * x is known less well the closer y lies to -scale * alpha, and is lost at it; elu_derivative_f32 has no such loss. */
ELU_API elu_status elu_derivative_from_output_f32(const float* y, float* dydx, size_t n, const elu_params* p);

/* dx[i] = dy[i] * f'(x[i]): the real product, of an f' that is not rounded itself, rounded once. f' is 0 only at x =
 * -inf or where scale * alpha is: there infinite dy gives NaN; elsewhere it gives infinity. */
ELU_API elu_status elu_backward_f32(const float* dy, const float* x, float* dx, size_t n, const elu_params* p,
                                    elu_accuracy accuracy);

/* dx[i] = dy[i] * f' of the x whose output is y[i], as in elu_derivative_from_output_f32; rounded once. */
ELU_API elu_status elu_backward_from_output_f32(const float* dy, const float* y, float* dx, size_t n,
                                                const elu_params* p);

/* The instruction set in use, such as "AVX3" (AVX-512), "AVX2", "SSE4", "NEON", "SCALAR": the best that this machine
 * has, or the one named by the environment's ELU_TARGET at the first call, unless this machine lacks it. */
ELU_API const char* elu_target(void);

/* Names of the instruction sets that can be forced here, best first: writes up to `capacity`, returns their number. */
ELU_API size_t elu_targets(const char** names, size_t capacity);

/* Uses the instruction set `name` from now on, in all threads; NULL for the best. */
ELU_API elu_status elu_set_target(const char* name);

#ifdef __cplusplus
}
#endif

#endif /* ELU_ELU_H_ */
