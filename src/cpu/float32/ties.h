// Products of floats with one factor, and the ties of the rounding to float that they meet.
#ifndef ELU_SRC_CPU_FLOAT32_TIES_H_
#define ELU_SRC_CPU_FLOAT32_TIES_H_

#include <optional>

namespace elu::cpu {

// For a factor whose products with floats often lie on a tie, or next to one (1.5: one in three; 1.05: one in 20; those
// close to no ratio of small integers: next to none): a double t, the factor or its neighbour, such that t * x, rounded
// to double and then to float, is factor * x rounded once, for every float x. Nothing if ties are rare. The factor is 0
// or within [2^-100, 2^100] in magnitude. Why t exists: docs/numerics.md, "Ties of products".
std::optional<double> FactorBesideTies(double factor);

}  // namespace elu::cpu

#endif  // ELU_SRC_CPU_FLOAT32_TIES_H_
