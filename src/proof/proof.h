// The proof: a function of arrays against the reference, input by input.
#ifndef ELU_SRC_PROOF_PROOF_H_
#define ELU_SRC_PROOF_PROOF_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "src/functions.h"
#include "src/proof/inputs.h"
#include "src/reference/reference.h"

namespace elu::proof {

struct Job {
  const Function* function;
  Format format;
  elu_accuracy accuracy = ELU_ACCURATE;
  std::vector<elu_params> sets = {{1, 1, 1}};
  std::vector<std::string> targets;  // one after another: the choice of a target is one for the whole process
  std::uint64_t count = 0;           // inputs numbered 0, stride, ..., (count - 1) * stride, for every set
  std::uint64_t stride = 1;
  unsigned threads = 1;
};

// What one target made of the inputs.
struct Result {
  std::string target;
  std::uint64_t inputs = 0;      // over all sets
  std::uint64_t misrounded = 0;  // results whose bits are not those of the exact result rounded
  std::uint64_t faults = 0;      // results of failed calls, and fast float64 results that are not the accurate ones
  std::uint64_t mpfr_calls = 0;
  double seconds = 0;  // of the kernel and of its share of the reference
  // The worst: error in ulp, where, and what came out there.
  double error = -1;
  elu_params params = {1, 1, 1};
  std::uint64_t index = 0;
  reference::Inputs at = {0};
  double computed = 0, exact = 0;
};

// Runs the job; `progress` is told the part done, from 0 to 1.
std::vector<Result> Prove(const Job& job, const std::function<void(double)>& progress = nullptr);

// The most that elu.h allows: 0.5 stands for correctly rounded, to the bit.
double PromisedError(const Job& job);
bool KeepsPromise(const Job& job, const Result& result);

}  // namespace elu::proof

#endif  // ELU_SRC_PROOF_PROOF_H_
