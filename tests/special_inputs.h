// The table of special inputs: what every layer must give, bit for bit (NaN is NaN, whatever its bits).
#ifndef ELU_TESTS_SPECIAL_INPUTS_H_
#define ELU_TESTS_SPECIAL_INPUTS_H_

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "elu/elu.hpp"

namespace elu::tests {

struct SpecialInput {
  std::string function;  // as in kFunctions
  Params params;
  float in, out;
};

inline std::vector<SpecialInput> SpecialInputs() {
  constexpr float inf = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
  constexpr float tiny = 0x1p-149F, smallest_normal = 0x1p-126F, largest = std::numeric_limits<float>::max();
  const Params one, half{.alpha = 0.5}, negative{.alpha = -1}, zero{.alpha = 0}, tie{.alpha = 1 + 0x1p-24};
  const std::string f = "forward", d = "derivative", o = "derivative-from-output";
  return {
      // NaN and infinities
      {f, one, nan, nan}, {f, one, -nan, nan}, {f, selu(), nan, nan}, {f, zero, nan, nan},
      {d, one, nan, nan}, {d, zero, nan, nan}, {o, one, nan, nan},
      {f, one, inf, inf}, {f, {1, -2, 1}, inf, -inf}, {f, {1, 0, 1}, inf, nan},
      {d, one, inf, 1}, {d, selu(), inf, 0x1.0cfabep+0F}, {o, one, inf, 1},
      {f, one, -inf, -1}, {f, half, -inf, -0.5F}, {f, negative, -inf, 1}, {f, zero, -inf, -0.0F},
      {f, selu(), -inf, -0x1.c212ccp+0F}, {f, {.alpha = 0.1}, -inf, -0.1F},
      {d, one, -inf, 0.0F}, {d, negative, -inf, -0.0F}, {o, one, -inf, 0.0F},
      // zeros: the branch x <= 0, and the sign survives for positive parameters
      {f, one, 0.0F, 0.0F}, {f, one, -0.0F, -0.0F}, {f, half, -0.0F, -0.0F}, {f, selu(), -0.0F, -0.0F},
      {f, celu(2), -0.0F, -0.0F}, {f, negative, 0.0F, -0.0F}, {f, negative, -0.0F, 0.0F},
      {d, one, 0.0F, 1}, {d, one, -0.0F, 1}, {d, half, 0.0F, 0.5F}, {d, half, -0.0F, 0.5F}, {d, celu(2), -0.0F, 1},
      {o, one, 0.0F, 1}, {o, half, -0.0F, 0.5F},
      // subnormal numbers: ties of alpha * x go toward zero, since |f(x)| < |alpha * x|
      {f, one, -tiny, -tiny}, {f, one, tiny, tiny}, {f, half, -tiny, -0.0F}, {f, half, -3 * tiny, -tiny},
      {f, half, -smallest_normal, -0x1p-127F}, {f, one, -smallest_normal, -smallest_normal},
      {f, {.alpha = 1.5}, -tiny, -tiny}, {f, {.alpha = 0.75}, -2 * tiny, -tiny},
      {f, {1, 0.5, 1}, tiny, 0.0F}, {f, {1, 0.5, 1}, 3 * tiny, 2 * tiny},  // x > 0: a true tie, to even
      {d, one, -tiny, 1}, {d, one, tiny, 1},
      // saturation: -1 from x = -17.32868 on; the tie 1 + 2^-24 is reached from below for all finite x
      {f, one, -0x1.154244p+4F, -0x1.fffffep-1F}, {f, one, -0x1.154246p+4F, -1}, {f, one, -largest, -1},
      {f, tie, -largest, -1}, {f, tie, -inf, -1}, {f, {.alpha = 1 + 0x3p-24}, -largest, -(1 + 0x1p-23F)},
      {f, {.alpha = 1 + 0x3p-24}, -inf, -(1 + 0x1p-22F)},
      // scale * alpha lies above the tie 0x1.106101p+0 by 2^-102.09 of it: f crosses the tie at x = -70.8
      {f, {0x1.0810008200002p+0, 0x1.080fff7e00002p+0, 1}, -70.0F, -0x1.1061p+0F},
      {f, {0x1.0810008200002p+0, 0x1.080fff7e00002p+0, 1}, -72.0F, -0x1.106102p+0F},
      {f, {0x1.0810008200002p+0, 0x1.080fff7e00002p+0, 1}, -largest, -0x1.106102p+0F},
      // the derivative stays positive until exp underflows
      {d, one, -17.5F, 0x1.af62eap-26F}, {d, one, -103.972076F, tiny}, {d, one, -103.972084F, 0.0F},
      {d, one, -largest, 0.0F}, {d, negative, -largest, -0.0F},
      // from the output: +0 at the limit, never below
      {o, one, -1, 0.0F}, {o, one, -0x1.fffffep-1F, 0x1p-24F}, {o, one, -2, 0.0F},
      {o, {.alpha = 0.1}, -0.1F, 0.0F}, {o, selu(), -0x1.c212ccp+0F, 0.0F},
      // the largest float, and products that overflow
      {f, one, largest, largest}, {f, {1, 2, 1}, largest, inf}, {f, {1, -2, 1}, largest, -inf},
  };
}

}  // namespace elu::tests

#endif  // ELU_TESTS_SPECIAL_INPUTS_H_
