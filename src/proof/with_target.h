// The instruction sets of this machine, and the choice of one for a while.
#ifndef ELU_SRC_PROOF_WITH_TARGET_H_
#define ELU_SRC_PROOF_WITH_TARGET_H_

#include <string>
#include <vector>

#include "elu/elu.h"

namespace elu::proof {

// Best first.
inline std::vector<std::string> AvailableTargets() {
  std::vector<const char*> names(elu_targets(nullptr, 0));
  elu_targets(names.data(), names.size());
  return {names.begin(), names.end()};
}

// Forces an instruction set for the life of the object.
class WithTarget {
 public:
  explicit WithTarget(const std::string& name) : before_(elu_target()) { elu_set_target(name.c_str()); }
  ~WithTarget() { elu_set_target(before_.c_str()); }
  WithTarget(const WithTarget&) = delete;
  WithTarget& operator=(const WithTarget&) = delete;

 private:
  std::string before_;
};

}  // namespace elu::proof

#endif  // ELU_SRC_PROOF_WITH_TARGET_H_
