// How much a test does: what `make test` has time for, or all of it for `make thorough`, which sets ELU_THOROUGH=1.
#ifndef ELU_TESTS_SUPPORT_THOROUGH_H_
#define ELU_TESTS_SUPPORT_THOROUGH_H_

#include <cstdlib>

namespace elu::tests {

inline bool Thorough() { return std::getenv("ELU_THOROUGH") != nullptr; }

}  // namespace elu::tests

#endif  // ELU_TESTS_SUPPORT_THOROUGH_H_
