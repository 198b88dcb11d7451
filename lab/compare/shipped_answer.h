// What the comparison of docs/results/cifar10 says, for those whose own has too few seeds to say it.
//   source: the first lines of docs/results/verdicts.txt
//   check:  tests/lab/results/stored_results_test.py
#ifndef ELU_LAB_COMPARE_SHIPPED_ANSWER_H_
#define ELU_LAB_COMPARE_SHIPPED_ANSWER_H_

namespace elu_lab {

inline constexpr const char* kShippedAnswer = R"(Five seeds, three epochs and all images, from elu's docs/results:
)";

}  // namespace elu_lab

#endif  // ELU_LAB_COMPARE_SHIPPED_ANSWER_H_
