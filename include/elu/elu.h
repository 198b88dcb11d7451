/** elu: the ELU activation and its gradients, for C and everything that can call C.
 *
 *     f(x)   = scale * x                                               x > 0
 *     f(x)   = scale * alpha * (exp(input_scale * x) - 1)              x <= 0
 *     f'(x)  = scale                                                   x > 0
 *     f'(x)  = scale * alpha * input_scale * exp(input_scale * x)      x <= 0
 *     f''(x) = 0                                                       x > 0
 *     f''(x) = scale * alpha * input_scale^2 * exp(input_scale * x)    x <= 0
 *
 * Source: Clevert, Unterthiner, Hochreiter, "Fast and Accurate Deep Network Learning by Exponential Linear Units",
 * ICLR 2016; scale and input_scale as in PyTorch's aten::elu, so that SELU and CELU are members of the family.
 *
 * Number types, by the ending of a function's name: _f32 and _f64, and, as uint16_t that hold their bits, _f16 (IEEE
 * binary16) and _bf16 (bfloat16: the upper half of a float).
 *
 * Promises that hold for every function of arrays:
 * - Error: f32, f16 and bf16 results are correctly rounded (to nearest, ties to even), unless ELU_FAST is asked for.
 *   Their bits do not depend on the instruction set, the position in the array, the alignment or the split into calls.
 *   docs/numerics.md names what was run to prove it, and the one reservation: parameters could be made for which a
 *   result lies within 2^-101 of a tie of the rounding. f64 results have an error of at most 0.52 units in the last
 *   place (ulp), ELU_FAST results that of elu_accuracy; the bits of both may depend on the instruction set, on nothing
 *   else.
 * - Special values: NaN gives NaN; the branch is chosen by x alone, and x = 0, whatever its sign, belongs to x <= 0;
 *   f keeps the sign of zero where scale * alpha is positive; f(+inf) = scale * inf, f(-inf) = -scale * alpha rounded,
 *   f'(-inf) = f''(-inf) = 0 with the sign of scale * alpha. (ELU_FAST: f(-inf) within its error.)
 * - Arrays: n elements each. The output may be one of the inputs (in place); any other overlap is an error. Nothing
 *   outside the arrays is touched. Pointers may be NULL when n is 0. No alignment is asked for beyond the type's.
 * - Failure: a status other than ELU_OK; then nothing was written.
 * - No function allocates, locks, prints, starts a thread or throws. All may be called from any number of threads.
 * - The caller's floating-point environment: results are rounded to nearest whatever the rounding mode is, and on
 *   x86-64 no trap springs during a call. Afterwards all modes are what they were. Exception flags may be raised, also
 *   by what the results do not show; none is cleared.
 * - With flush-to-zero switched on, subnormal float, double and bfloat16 inputs, and results that are below the
 *   smallest normal number before their rounding, become zeros of the same sign; other results keep their bits, those
 *   of ELU_FAST their error bound. binary16 keeps its subnormal numbers. A program that is linked with -ffast-math or
 *   -Ofast starts with flush-to-zero switched on, and so does one that loads a shared library of others linked so.
 *
 * Stability: this interface is that of SOVERSION 1. As long as that number stays, functions, members and the values of
 * enums are neither removed nor changed, and ELU_ACCURATE results of f32, f16 and bf16 keep their bits, unless one were
 * found not to be correctly rounded. Functions and enum values may be added; names that do not begin with elu_ or ELU_
 * are not part of it.
 */
#ifndef ELU_ELU_H_
#define ELU_ELU_H_

#include <stddef.h>
#include <stdint.h>

/** Marks what the library exports. */
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

/** An int in C++ too, so that a value from elsewhere is an error of ours and not undefined behaviour. */
#ifdef __cplusplus
#define ELU_ENUM(name) enum name : int
extern "C" {
#else
#define ELU_ENUM(name) enum name
#endif

/** Admitted: input_scale > 0, and each of |scale|, |scale * alpha|, input_scale, |scale * alpha * input_scale|,
 * |scale * alpha * input_scale^2| is 0 or within [2^-100, 2^100]. alpha and scale may be negative or 0.
 * Used as doubles, never rounded to float. NULL in place of parameters stands for ELU with alpha 1: {1, 1, 1}. */
typedef struct elu_params {
  double alpha;       /**< 1 for ELU; 1.67326... for SELU */
  double scale;       /**< 1 for ELU and CELU; 1.05070... for SELU */
  double input_scale; /**< 1 for ELU and SELU; 1 / alpha for CELU */
} elu_params;

/* clang-format off */
/** What is promised of a result. */
typedef ELU_ENUM(elu_accuracy) {
  ELU_ACCURATE = 0, /**< f32, f16, bf16 correctly rounded; f64 within 0.52 ulp */
  ELU_FAST = 1      /**< f32: within 1 ulp at {1, 1, 1}, within 2 ulp with other parameters, down to the smallest
                         numbers; the other types give the bits of ELU_ACCURATE */
} elu_accuracy;

/** What functions return. */
typedef ELU_ENUM(elu_status) {
  ELU_OK = 0,
  ELU_ERROR_PARAMETERS = 1,       /**< the parameters are not admitted */
  ELU_ERROR_OUTPUT_AMBIGUOUS = 2, /**< a gradient from the output needs scale > 0 and alpha >= 0 */
  ELU_ERROR_OVERLAP = 3,          /**< an output overlaps an input without being it */
  ELU_ERROR_NULL = 4,             /**< a pointer is NULL that must not be */
  ELU_ERROR_ACCURACY = 5,         /**< not one of elu_accuracy */
  ELU_ERROR_TARGET = 6,           /**< no instruction set of this name here */
  ELU_ERROR_DISTRIBUTION = 7      /**< mu beyond 2^100 in magnitude, or sigma not within [2^-100, 2^100] */
} elu_status;
/* clang-format on */

/** What a status means, in a few words. Never NULL. */
ELU_API const char* elu_status_text(elu_status status);

/** "major.minor.patch" */
ELU_API const char* elu_version(void);

/* In all that follows p == NULL stands for ELU with alpha 1: {1, 1, 1}. */
/** y[i] = f(x[i]) */
ELU_API elu_status elu_forward_f32(const float* x, float* y, size_t n, const elu_params* p, elu_accuracy accuracy);
ELU_API elu_status elu_forward_f64(const double* x, double* y, size_t n, const elu_params* p, elu_accuracy accuracy);
ELU_API elu_status elu_forward_f16(const uint16_t* x, uint16_t* y, size_t n, const elu_params* p,
                                   elu_accuracy accuracy);
ELU_API elu_status elu_forward_bf16(const uint16_t* x, uint16_t* y, size_t n, const elu_params* p,
                                    elu_accuracy accuracy);

/** dydx[i] = f'(x[i]) */
ELU_API elu_status elu_derivative_f32(const float* x, float* dydx, size_t n, const elu_params* p,
                                      elu_accuracy accuracy);
ELU_API elu_status elu_derivative_f64(const double* x, double* dydx, size_t n, const elu_params* p,
                                      elu_accuracy accuracy);
ELU_API elu_status elu_derivative_f16(const uint16_t* x, uint16_t* dydx, size_t n, const elu_params* p,
                                      elu_accuracy accuracy);
ELU_API elu_status elu_derivative_bf16(const uint16_t* x, uint16_t* dydx, size_t n, const elu_params* p,
                                       elu_accuracy accuracy);

/** dydx[i] = f' of the x whose output is y[i]: scale for y > 0, +0 for y <= -scale * alpha (rounded), and between them
 * input_scale * (y + scale * alpha), correctly rounded as a function of y. Once y has been rounded the gradient of its
 * x is known less well the closer y lies to -scale * alpha, and is lost at it; elu_derivative_* has no such loss. */
ELU_API elu_status elu_derivative_from_output_f32(const float* y, float* dydx, size_t n, const elu_params* p);
ELU_API elu_status elu_derivative_from_output_f64(const double* y, double* dydx, size_t n, const elu_params* p);
ELU_API elu_status elu_derivative_from_output_f16(const uint16_t* y, uint16_t* dydx, size_t n, const elu_params* p);
ELU_API elu_status elu_derivative_from_output_bf16(const uint16_t* y, uint16_t* dydx, size_t n, const elu_params* p);

/** d2[i] = f''(x[i]) */
ELU_API elu_status elu_second_derivative_f32(const float* x, float* d2, size_t n, const elu_params* p,
                                             elu_accuracy accuracy);
ELU_API elu_status elu_second_derivative_f64(const double* x, double* d2, size_t n, const elu_params* p,
                                             elu_accuracy accuracy);
ELU_API elu_status elu_second_derivative_f16(const uint16_t* x, uint16_t* d2, size_t n, const elu_params* p,
                                             elu_accuracy accuracy);
ELU_API elu_status elu_second_derivative_bf16(const uint16_t* x, uint16_t* d2, size_t n, const elu_params* p,
                                              elu_accuracy accuracy);

/** dx[i] = dy[i] * f'(x[i]): the real product, of an f' that is not rounded itself, rounded once. f' is 0 only at x =
 * -inf or where scale * alpha is: there infinite dy gives NaN; elsewhere it gives infinity. */
ELU_API elu_status elu_backward_f32(const float* dy, const float* x, float* dx, size_t n, const elu_params* p,
                                    elu_accuracy accuracy);
ELU_API elu_status elu_backward_f64(const double* dy, const double* x, double* dx, size_t n, const elu_params* p,
                                    elu_accuracy accuracy);
ELU_API elu_status elu_backward_f16(const uint16_t* dy, const uint16_t* x, uint16_t* dx, size_t n, const elu_params* p,
                                    elu_accuracy accuracy);
ELU_API elu_status elu_backward_bf16(const uint16_t* dy, const uint16_t* x, uint16_t* dx, size_t n, const elu_params* p,
                                     elu_accuracy accuracy);

/** dx[i] = dy[i] * f' of the x whose output is y[i], as in elu_derivative_from_output_*; rounded once. */
ELU_API elu_status elu_backward_from_output_f32(const float* dy, const float* y, float* dx, size_t n,
                                                const elu_params* p);
ELU_API elu_status elu_backward_from_output_f64(const double* dy, const double* y, double* dx, size_t n,
                                                const elu_params* p);
ELU_API elu_status elu_backward_from_output_f16(const uint16_t* dy, const uint16_t* y, uint16_t* dx, size_t n,
                                                const elu_params* p);
ELU_API elu_status elu_backward_from_output_bf16(const uint16_t* dy, const uint16_t* y, uint16_t* dx, size_t n,
                                                 const elu_params* p);

/** dx[i] = ddx[i] * dy[i] * f''(x[i]), the real product rounded once: given the gradient ddx with respect to the result
 * of elu_backward_*, this is the gradient with respect to x. That with respect to dy is elu_backward_*(ddx, x). 0 times
 * infinity is NaN, and f'' is 0 only for x > 0, at x = -inf or where scale * alpha is 0. */
ELU_API elu_status elu_double_backward_f32(const float* ddx, const float* dy, const float* x, float* dx, size_t n,
                                           const elu_params* p, elu_accuracy accuracy);
ELU_API elu_status elu_double_backward_f64(const double* ddx, const double* dy, const double* x, double* dx, size_t n,
                                           const elu_params* p, elu_accuracy accuracy);
ELU_API elu_status elu_double_backward_f16(const uint16_t* ddx, const uint16_t* dy, const uint16_t* x, uint16_t* dx,
                                           size_t n, const elu_params* p, elu_accuracy accuracy);
ELU_API elu_status elu_double_backward_bf16(const uint16_t* ddx, const uint16_t* dy, const uint16_t* x, uint16_t* dx,
                                            size_t n, const elu_params* p, elu_accuracy accuracy);

/** y[i] = ELU(x[i]) + 1 at alpha 1, the feature map of linear attention (Katharopoulos et al., ICML 2020):
 * x + 1 for x > 0, exp(x) for x <= 0, and so positive wherever exp(x) does not round to 0. */
ELU_API elu_status elu_plus_one_f32(const float* x, float* y, size_t n, elu_accuracy accuracy);
ELU_API elu_status elu_plus_one_f64(const double* x, double* y, size_t n, elu_accuracy accuracy);
ELU_API elu_status elu_plus_one_f16(const uint16_t* x, uint16_t* y, size_t n, elu_accuracy accuracy);
ELU_API elu_status elu_plus_one_bf16(const uint16_t* x, uint16_t* y, size_t n, elu_accuracy accuracy);

/** dx[i] = dy[i] for x[i] > 0, dy[i] * exp(x[i]) else, rounded once. */
ELU_API elu_status elu_plus_one_backward_f32(const float* dy, const float* x, float* dx, size_t n,
                                             elu_accuracy accuracy);
ELU_API elu_status elu_plus_one_backward_f64(const double* dy, const double* x, double* dx, size_t n,
                                             elu_accuracy accuracy);
ELU_API elu_status elu_plus_one_backward_f16(const uint16_t* dy, const uint16_t* x, uint16_t* dx, size_t n,
                                             elu_accuracy accuracy);
ELU_API elu_status elu_plus_one_backward_bf16(const uint16_t* dy, const uint16_t* x, uint16_t* dx, size_t n,
                                              elu_accuracy accuracy);

/** What becomes of z ~ N(mu, sigma^2) that passes through f: closed forms (docs/statistics.md), relative error below
 * 1e-12, that of the mean relative to E|f(z)|; what comes from a branch with a probability below 1e-290 may underflow.
 * The linear layers of a network initialised after He et al. (ICCV 2015)
 * give such z. |mu| <= 2^100, 2^-100 <= sigma <= 2^100. */
typedef struct elu_moments {
  double mean;                     /**< E[f(z)] */
  double second_moment;            /**< E[f(z)^2] */
  double variance;                 /**< E[f(z)^2] - E[f(z)]^2 */
  double derivative_second_moment; /**< E[f'(z)^2]: what a layer does to the variance of gradients */
} elu_moments;

/** The moments of f(z), z ~ N(mu, sigma^2), with mu and sigma in the units of z. */
ELU_API elu_status elu_moments_of_normal(double mu, double sigma, const elu_params* p, elu_moments* moments);

/** 1 / sqrt(E[f(z)^2]) for z ~ N(0, 1): the factor of the weights' standard deviation 1 / sqrt(fan_in) with which a
 * layer keeps the second moment of its signal. 1.2452 for alpha 1; sqrt(2), He's gain, for alpha 0, which is ReLU.
 * Infinite if f is 0 everywhere (scale 0). */
ELU_API elu_status elu_initialisation_gain(const elu_params* p, double* gain);

/** The instruction set in use, such as "AVX3" (AVX-512), "AVX2", "SSE4", "NEON", "SCALAR": the best that this machine
 * has, or the one named by the environment's ELU_TARGET at the first call, unless this machine lacks it. */
ELU_API const char* elu_target(void);

/** Names of the instruction sets that can be forced here, best first: writes up to `capacity` of them unless names is
 * NULL, returns their number. */
ELU_API size_t elu_targets(const char** names, size_t capacity);

/** Uses the instruction set `name` from now on, in all threads; NULL for the best. If this machine has none of this
 * name: ELU_ERROR_TARGET, and nothing changes. */
ELU_API elu_status elu_set_target(const char* name);

#ifdef __cplusplus
}
#endif

#endif /* ELU_ELU_H_ */
