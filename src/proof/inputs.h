// The inputs of a proof: every one of a format, one in so many, or samples; each a function of its number alone.
#ifndef ELU_SRC_PROOF_INPUTS_H_
#define ELU_SRC_PROOF_INPUTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "src/functions.h"
#include "src/proof/storage.h"
#include "src/reference/reference.h"

namespace elu::proof {

// How many inputs the function has in the format: all floats; all 16-bit numbers x or pairs (dy, x); for float64, whose
// inputs are samples, 2^64 - 1.
std::uint64_t AllInputs(const Function& function, Format format);

template <class S>
struct Block {
  using T = typename S::Type;
  std::vector<T> x, dy, ddx;

  explicit Block(std::size_t n) : x(n), dy(n), ddx(n) {}
  reference::Inputs At(std::size_t i) const { return {S::Widen(x[i]), S::Widen(dy[i]), S::Widen(ddx[i])}; }
};

// Fills the block with the inputs first * stride, (first + 1) * stride, ... What a function does not take is 0; factors
// that are not counted through are finite, of all exponents and both signs with random bits, and depend on the rest.
template <Format format>
void Fill(const Function& function, const elu_params& p, std::uint64_t first, std::uint64_t stride,
          Block<Storage<format>>& block);

// Parameters for the 16-bit types, 0 < alpha <= 10: 0.01, 0.02, ... and so 0.1, 0.5, 1, 1.5, 2 among them.
std::vector<elu_params> ThousandAlphas();

}  // namespace elu::proof

#endif  // ELU_SRC_PROOF_INPUTS_H_
