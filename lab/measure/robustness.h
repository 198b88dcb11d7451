// How a network's answers stand up to images that are disturbed.
#ifndef ELU_LAB_MEASURE_ROBUSTNESS_H_
#define ELU_LAB_MEASURE_ROBUSTNESS_H_

#include <torch/torch.h>

#include <cstdint>
#include <functional>

#include "lab/data/cifar10.h"
#include "lab/network/convnet.h"
#include "lab/results/comparison.h"

namespace elu_lab {

inline constexpr int64_t kRobustnessImages = 2000;

// What chance decides about images, once for all strengths: noise of sigma 0.2 is twice that of 0.1, the outliers of
// 10 % are among those of 30 %.
class Disturbance {
 public:
  // For `count` images of 3 x 32 x 32; depends on both arguments alone.
  Disturbance(uint64_t seed, int64_t count);

  // Images [begin, end), (end - begin, 3, 32, 32): normalised float images with normal noise of standard deviation
  // sigma added, in the images' own unit, which is their deviation over CIFAR-10.
  torch::Tensor WithNoise(const torch::Tensor& normalised, int64_t begin, int64_t end, double sigma) const;

  // The same images as uint8: salt and pepper. Each pixel value (one channel of one pixel) is replaced, with
  // probability `share`, by 0 or 255, which are equally likely.
  torch::Tensor WithOutliers(const torch::Tensor& pixels, int64_t begin, int64_t end, double share) const;

 private:
  torch::Tensor normal_;   // float, N(0, 1)
  torch::Tensor uniform_;  // float, in [0, 1): an outlier where below the share
  torch::Tensor extreme_;  // uint8, 0 or 255: what an outlier becomes
};

// On the first min(kRobustnessImages, all) images with Disturbance(seed, their number). `stop`, asked before each
// batch, ends it early: the result is then of no use.
Robustness MeasureRobustness(ConvNet& network, const Images& images, uint64_t seed,
                             const std::function<bool()>& stop = {});

}  // namespace elu_lab

#endif  // ELU_LAB_MEASURE_ROBUSTNESS_H_
