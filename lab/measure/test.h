// What a trained network makes of images it has not seen.
#ifndef ELU_LAB_MEASURE_TEST_H_
#define ELU_LAB_MEASURE_TEST_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "lab/data/cifar10.h"
#include "lab/measure/layer_probe.h"
#include "lab/network/convnet.h"

namespace elu_lab {

struct Evaluation {
  double loss = 0, accuracy = 0;                // mean cross-entropy; share of right answers
  std::vector<std::vector<int64_t>> confusion;  // [true class][answer], numbers of images
  std::vector<LayerResult> layers;              // of the three activation layers, or empty
};

enum class Layers { kSkip, kMeasure };

// Batch by batch. `stop`, asked before each, ends it early: the result is then of no use.
Evaluation Evaluate(ConvNet& network, const Images& images, const std::function<bool()>& stop = {},
                    Layers layers = Layers::kSkip);

}  // namespace elu_lab

#endif  // ELU_LAB_MEASURE_TEST_H_
