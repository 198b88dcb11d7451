// The tables of special inputs: what every layer must give, bit for bit (NaN is NaN, whatever its bits), for all number
// types and for float.
#ifndef ELU_TESTS_SUPPORT_SPECIAL_INPUTS_H_
#define ELU_TESTS_SUPPORT_SPECIAL_INPUTS_H_

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "elu/elu.hpp"

namespace elu::tests {

struct SpecialInput {
  std::string function;  // as in kFunctions
  Params params;
  float x, out;
  std::vector<float> factors = {};  // the inputs before x: dy, or ddx and dy
};

inline std::vector<SpecialInput> SpecialInputsOfOneArray() {
  constexpr float inf = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
  const Params one, half{.alpha = 0.5}, negative{.alpha = -1}, zero{.alpha = 0};
  const Params minus_zero{.alpha = -0.0}, zero_turned{.alpha = 0, .scale = -1};  // scale * alpha = -0
  const std::string f = "forward", d = "derivative", o = "derivative-from-output", d2 = "second-derivative";
  const std::string p = "plus-one";
  // clang-format off
  return {
      // where scale * alpha is -0, so is the derivative for x <= 0, and f has the other sign
      {f, zero_turned, -inf, 0.0F}, {f, zero_turned, -1, 0.0F}, {f, minus_zero, -inf, 0.0F}, {f, minus_zero, -1, 0.0F},
      {f, minus_zero, -0.0F, 0.0F}, {f, zero_turned, 0.0F, -0.0F}, {f, zero, -1, -0.0F},
      {d, zero_turned, -inf, -0.0F}, {d, zero_turned, -1, -0.0F}, {d, minus_zero, 0.0F, -0.0F},
      {d2, zero_turned, -inf, -0.0F}, {d2, minus_zero, -1, -0.0F},
      // NaN and infinities
      {f, one, nan, nan}, {f, one, -nan, nan}, {f, selu(), nan, nan}, {f, zero, nan, nan},
      {d, one, nan, nan}, {d, zero, nan, nan}, {o, one, nan, nan}, {d2, one, nan, nan}, {p, one, nan, nan},
      {f, one, inf, inf}, {f, {1, -2, 1}, inf, -inf}, {f, {1, 0, 1}, inf, nan}, {p, one, inf, inf},
      {d, one, inf, 1}, {d, {1, 2, 1}, inf, 2}, {o, one, inf, 1}, {d2, one, inf, 0.0F}, {d2, negative, inf, 0.0F},
      {f, one, -inf, -1}, {f, half, -inf, -0.5F}, {f, negative, -inf, 1}, {f, zero, -inf, -0.0F},
      {f, {3, 0.5, 1}, -inf, -1.5F}, {p, one, -inf, 0.0F},
      {d, one, -inf, 0.0F}, {d, negative, -inf, -0.0F}, {o, one, -inf, 0.0F},
      {d2, one, -inf, 0.0F}, {d2, negative, -inf, -0.0F}, {d2, {1, 1, 2}, -inf, 0.0F},
      // zeros: the branch x <= 0, and the sign survives for positive parameters
      {f, one, 0.0F, 0.0F}, {f, one, -0.0F, -0.0F}, {f, half, -0.0F, -0.0F}, {f, selu(), -0.0F, -0.0F},
      {f, celu(2), -0.0F, -0.0F}, {f, negative, 0.0F, -0.0F}, {f, negative, -0.0F, 0.0F},
      {d, one, 0.0F, 1}, {d, one, -0.0F, 1}, {d, half, 0.0F, 0.5F}, {d, half, -0.0F, 0.5F}, {d, celu(2), -0.0F, 1},
      {o, one, 0.0F, 1}, {o, half, -0.0F, 0.5F}, {p, one, 0.0F, 1}, {p, one, -0.0F, 1},
      {d2, one, 0.0F, 1}, {d2, celu(2), -0.0F, 0.5F}, {d2, {1, 1, 3}, 0.0F, 9}, {d2, zero, -1, 0.0F},
      // x > 0
      {f, one, 2, 2}, {f, {1, 1.5, 1}, 2, 3}, {d, {1, 1.5, 1}, 2, 1.5F}, {d2, half, 2, 0.0F}, {p, one, 2, 3},
      {o, {1, 1.5, 1}, 2, 1.5F},
      // from the output: +0 at the limit, never below; y + 1 is exact here
      {o, one, -1, 0.0F}, {o, one, -2, 0.0F}, {o, one, -0.5F, 0.5F}, {o, half, -0.25F, 0.25F}, {o, zero, -1, 0.0F},
      // saturated in every type
      {f, one, -1000, -1}, {f, negative, -1000, 1}, {f, {3, 0.5, 1}, -1000, -1.5F},
      {d, one, -1000, 0.0F}, {d, negative, -1000, -0.0F}, {d2, negative, -1000, -0.0F}, {p, one, -1000, 0.0F},
  };
  // clang-format on
}

inline std::vector<SpecialInput> SpecialProducts() {
  constexpr float inf = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
  // dx = backward(dy, x), and from the output y = x
  constexpr struct {
    float dy, x, dx, dx_from_output;
  } kTwoArrays[] = {
      {nan, 1, nan, nan},     {1, nan, nan, nan},     {inf, nan, nan, nan},      {inf, 1, inf, inf},
      {-inf, 1, -inf, -inf},  {inf, -inf, nan, nan},  {-inf, -inf, nan, nan},    {inf, -2, inf, nan},
      {inf, -0.0F, inf, inf}, {0.0F, -1, 0.0F, 0.0F}, {-0.0F, 1, -0.0F, -0.0F},  {-1, -inf, -0.0F, -0.0F},
      {2, 0.0F, 2, 2},        {3, inf, 3, 3},         {-3, -1000, -0.0F, -0.0F}, {inf, -1000, inf, nan},
  };
  constexpr struct {
    float ddx, dy, x, dx;
  } kThreeArrays[] = {
      {nan, 1, -1, nan},    {1, nan, -1, nan},   {1, 1, nan, nan},     {2, 3, 0.0F, 6},       {-2, 3, -0.0F, -6},
      {2, 3, 1, 0.0F},      {-2, 3, 1, -0.0F},   {inf, 1, 1, nan},     {inf, 1, -1, inf},     {inf, -1, -1, -inf},
      {inf, 0.0F, -1, nan}, {1, inf, -inf, nan}, {1, -1, -inf, -0.0F}, {0.0F, -1, -1, -0.0F},
  };
  std::vector<SpecialInput> rows;
  for (const auto& [dy, x, dx, dx_from_output] : kTwoArrays) {
    for (const char* function : {"backward", "plus-one-backward"}) rows.push_back({function, {}, x, dx, {dy}});
    rows.push_back({"backward-from-output", {}, x, dx_from_output, {dy}});
  }
  for (const auto& [ddx, dy, x, dx] : kThreeArrays) rows.push_back({"double-backward", {}, x, dx, {ddx, dy}});
  return rows;
}

inline std::vector<SpecialInput> SpecialInputsOfAllTypes() {
  std::vector<SpecialInput> rows = SpecialInputsOfOneArray();
  for (const SpecialInput& row : SpecialProducts()) rows.push_back(row);
  return rows;
}

inline std::vector<SpecialInput> SpecialInputsOfFloat() {
  constexpr float inf = std::numeric_limits<float>::infinity();
  constexpr float tiny = 0x1p-149F, smallest_normal = 0x1p-126F, largest = std::numeric_limits<float>::max();
  const Params one, half{.alpha = 0.5}, negative{.alpha = -1}, tie{.alpha = 1 + 0x1p-24};
  const std::string f = "forward", d = "derivative", o = "derivative-from-output", d2 = "second-derivative";
  const std::string p = "plus-one", b = "backward", bo = "backward-from-output";
  // clang-format off
  return {
      {d, selu(), inf, 0x1.0cfabep+0F}, {f, selu(), -inf, -0x1.c212ccp+0F}, {f, {.alpha = 0.1}, -inf, -0.1F},
      // subnormal numbers: ties of alpha * x go toward zero, since |f(x)| < |alpha * x|
      {f, one, -tiny, -tiny}, {f, one, tiny, tiny}, {f, half, -tiny, -0.0F}, {f, half, -3 * tiny, -tiny},
      {f, half, -smallest_normal, -0x1p-127F}, {f, one, -smallest_normal, -smallest_normal},
      {f, {.alpha = 1.5}, -tiny, -tiny}, {f, {.alpha = 0.75}, -2 * tiny, -tiny},
      {f, {.alpha = 1 - 0x1p-24}, -smallest_normal, tiny - smallest_normal},  // the tie next to the normal numbers
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
      {d2, one, -103.972076F, tiny}, {d2, one, -103.972084F, 0.0F}, {d2, one, -tiny, 1},
      // plus_one keeps exp(x) where the sum with 1 would have lost it; above 0 it is a sum, with its ties
      {p, one, -17.5F, 0x1.af62eap-26F}, {p, one, -103.972076F, tiny}, {p, one, -103.972084F, 0.0F},
      {p, one, -tiny, 1}, {p, one, tiny, 1}, {p, one, 0x1p-24F, 1}, {p, one, 0x1.8p-23F, 1 + 0x1p-22F},
      // from the output: +0 at the limit, never below
      {o, one, -0x1.fffffep-1F, 0x1p-24F},
      {o, {.alpha = 0.1}, -0.1F, 0.0F}, {o, selu(), -0x1.c212ccp+0F, 0.0F},
      // the largest float, and products that overflow
      {f, one, largest, largest}, {f, {1, 2, 1}, largest, inf}, {f, {1, -2, 1}, largest, -inf},
      // products of a subnormal number
      {b, one, 3, -tiny, {-tiny}}, {bo, one, 3, -tiny, {-tiny}},
      {b, one, -0.75F, 0.0F, {tiny}}, {bo, one, -0.75F, 0.0F, {tiny}},
      // products that two doubles cannot tell from a tie
      {b, {0x1.260000000002p+0, 0x1.260002a00002p+0, 0x1.25fffd600002p+0}, 0, 0x1.534a0ep+3F, {7}},
      {bo, {0x1.8000000008p+0, 0x1.8000600008p+0, 0x1.7fffa00008p+0}, -tiny, 0x1.000012p+21F, {621379}},
  };
  // clang-format on
}

}  // namespace elu::tests

#endif  // ELU_TESTS_SUPPORT_SPECIAL_INPUTS_H_
