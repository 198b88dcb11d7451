// What a trained network makes of images it has not seen.
#ifndef ELU_LAB_TESTING_H_
#define ELU_LAB_TESTING_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "cifar10.h"
#include "convnet.h"

namespace elu_lab {

struct Evaluation {
  double loss = 0, accuracy = 0;               // mean cross-entropy; share of right answers
  std::vector<double> activation_means;        // one a layer of activations, over all images
  std::vector<std::vector<int64_t>> confusion; // [true class][answer], numbers of images
};

// Batch by batch. `stop`, asked before each, ends it early: the result is then of no use.
Evaluation Evaluate(ConvNet& network, const Images& images, const std::function<bool()>& stop = {});

}  // namespace elu_lab

#endif  // ELU_LAB_TESTING_H_
