// The parameter sets that the proofs run.
#ifndef ELU_TESTS_SUPPORT_PARAMETER_SETS_H_
#define ELU_TESTS_SUPPORT_PARAMETER_SETS_H_

#include <string>
#include <vector>

#include "elu/elu.hpp"

namespace elu::tests {

struct ParameterSet {
  std::string name;
  elu_params params;
};

using detail::ToC;

inline std::vector<ParameterSet> ProofSets() {
  std::vector<ParameterSet> sets;
  for (const double alpha : {1.0, 0.1, 0.5, 0.7, 0.75, 1.5, 2.0, 3.0}) {
    sets.push_back({"ELU(" + std::to_string(alpha) + ")", {alpha, 1, 1}});
  }
  sets.push_back({"ELU(1+3*2^-24)", {1 + 0x3p-24, 1, 1}});
  sets.push_back({"ELU(1)*1.05", {1, 1.05, 1}});
  sets.push_back({"SELU", ToC(selu())});
  sets.push_back({"CELU(0.1)", ToC(celu(0.1))});
  sets.push_back({"CELU(2)", ToC(celu(2))});
  return sets;
}

// Sets at the edges of what is admitted, and of both signs: for strided runs.
inline std::vector<ParameterSet> EdgeSets() {
  return {{"alpha 0", {0, 1, 1}},
          {"alpha -0", {-0.0, 1, 1}},
          {"alpha -0.7", {-0.7, 1, 1}},
          // the second float of this scale, times x, overflows against the first
          {"scale in two floats", {1, 0x1.fffffffcp80, 1}},
          {"scale -1.3", {0.9, -1.3, 1}},
          {"scale 0", {1, 0, 1}},
          {"limit a tie, three factors", {0x1.000001p0 / 1.5, 1.5, 1.25}},
          {"largest", {1, 0x1p100, 1}},
          {"smallest", {1, 0x1p-100, 1}},
          {"steep", {0x1p-40, 1, 0x1p60}},
          {"flat", {0x1p60, 1, 0x1p-60}},
          {"just above a tie", {(1 + 0x1p-24) * (1 + 0x1p-52), 1, 1}},
          // scale * alpha is a tie times 1 + 2^-102.09
          {"limit close to a tie", {0x1.0810008200002p+0, 0x1.080fff7e00002p+0, 1}},
          // scale * alpha * input_scale is close to a tie, seen only in its third double
          {"slope close to a tie", {0x1.260000000002p+0, 0x1.260002a00002p+0, 0x1.25fffd600002p+0}},
          {"sum close to a tie", {0x1.8000000008p+0, 0x1.8000600008p+0, 0x1.7fffa00008p+0}},
          {"early stage misled", {0x1.012a6e742c494p+0, 0x1.012a6e53d13a2p+0, 1}},
          // input_scale * x is no double
          {"CELU(0.3)", ToC(celu(0.3))},
          {"CELU(3)", ToC(celu(3))},
          {"limit halfway between two floats", {0x1.00015f0041893p+0, 1, 1}},
          {"CELU(3.25)", ToC(celu(3.25))},
          // ln 2 / input_scale falls halfway between two floats
          {"input_scale next to 2 ln 2", {0x1.b247bae639f32p-1, 1, 0x1.62e38af7de05dp+0}},
          {"input_scale 0.1234", {1, 1, 0.1234}},
          // where the errors of fast forward add up
          {"fast forward", {0x1.af6ca8d365e1ap+2, 1, 0x1.621e3159576ebp-2}},
          // coefficients of fast forward next to underflow
          {"least moderate", {0x1.d0a7c7c1951f3p-24, 0x1.e19db9b675878p+0, 0x1p-12}}};
}

// Whether the gradients from the output are defined.
inline bool OutputTellsBranch(const elu_params& p) { return p.scale > 0 && p.alpha >= 0; }

}  // namespace elu::tests

#endif  // ELU_TESTS_SUPPORT_PARAMETER_SETS_H_
