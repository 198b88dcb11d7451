// What a comparison says, in sentences for somebody who asks which activation to take.
#ifndef ELU_LAB_VERDICTS_ANSWER_H_
#define ELU_LAB_VERDICTS_ANSWER_H_

#include <string>
#include <vector>

#include "lab/verdicts/verdicts.h"

namespace elu_lab {

// Of ELU against ReLU with the same norm: accuracy and loss; the cost of a step; other alphas and dead units. Empty
// where either was not trained. Where there are fewer seeds than a verdict needs, the first sentence says so.
std::vector<std::string> Answer(const Judged& judged);

// The variants that the answer is about, or null: ELU, ReLU.
struct Asked {
  const Variant *elu = nullptr, *relu = nullptr;
};
Asked FindAsked(const Comparison& comparison);

}  // namespace elu_lab

#endif  // ELU_LAB_VERDICTS_ANSWER_H_
