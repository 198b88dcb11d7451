// `elu-lab evaluate` and `elu-lab predict`: what a checkpoint is good for.
#ifndef ELU_LAB_RUN_USE_H_
#define ELU_LAB_RUN_USE_H_

#include <iosfwd>

#include "lab/settings.h"

namespace elu_lab {

// Accuracy, loss and confusion matrix on the test images of a data set (dataset.h). Throws std::exception with one line
// for people.
void EvaluateCheckpoint(const EvaluateSettings& settings, std::ostream& out);

// A line an image with the three most probable classes. Images that cannot be read get a line on stderr, and then the
// result is false. Throws std::exception with one line for people.
bool PredictImages(const PredictSettings& settings, std::ostream& out);

}  // namespace elu_lab

#endif  // ELU_LAB_RUN_USE_H_
