// The C ABI: statuses, the version and the choice of the instruction set.
#include "elu/elu.h"
#include "src/cpu/targets.h"

extern "C" {

const char* elu_status_text(elu_status status) {
  switch (status) {
    case ELU_OK: return "ok";
    case ELU_ERROR_PARAMETERS:
      return "parameters not admitted: input_scale must be positive, and scale, scale * alpha, input_scale, "
             "scale * alpha * input_scale, scale * alpha * input_scale^2 each 0 or of magnitude 2^-100 to 2^100";
    case ELU_ERROR_OUTPUT_AMBIGUOUS: return "gradients from the output need scale > 0 and alpha >= 0";
    case ELU_ERROR_OVERLAP: return "an output overlaps an input without being the same array";
    case ELU_ERROR_NULL: return "a pointer is NULL";
    case ELU_ERROR_ACCURACY: return "no such accuracy";
    case ELU_ERROR_TARGET: return "no such instruction set on this machine";
    case ELU_ERROR_DISTRIBUTION: return "mu must be of magnitude at most 2^100 and sigma within 2^-100 to 2^100";
  }
  return "unknown status";
}

const char* elu_version(void) { return ELU_VERSION; }

const char* elu_target(void) { return elu::cpu::ActiveTargetName(); }

size_t elu_targets(const char** names, size_t capacity) {
  long long targets[elu::cpu::kMaxTargets];
  const size_t count = elu::cpu::AvailableTargets(targets);
  for (size_t i = 0; names != nullptr && i < count && i < capacity; ++i) names[i] = hwy::TargetName(targets[i]);
  return count;
}

elu_status elu_set_target(const char* name) { return elu::cpu::ForceTarget(name) ? ELU_OK : ELU_ERROR_TARGET; }

}  // extern "C"
