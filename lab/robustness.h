// How a network's answers stand up to images that are disturbed.
#ifndef ELU_LAB_ROBUSTNESS_H_
#define ELU_LAB_ROBUSTNESS_H_

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <vector>

#include "cifar10.h"
#include "convnet.h"

namespace elu_lab {

inline constexpr int64_t kRobustnessImages = 2000;

// `strength` is what the list that it stands in says; `accuracy` the share of right answers.
struct Disturbed {
  double strength = 0, accuracy = 0;
};

struct Robustness {
  int64_t images = 0;
  // Normal noise added to the normalised images, which have deviation 1 over CIFAR-10: its standard deviation, from 0.
  std::vector<Disturbed> noise;
  // Salt and pepper: the share of pixel values (one channel of one pixel) that is set to 0 or 255, each with
  // probability 1/2, by chance for each value alone.
  std::vector<Disturbed> outliers;
};

// On the first min(kRobustnessImages, all) images. The disturbances depend on `seed` and the number of images alone and
// grow from one and the same draw: noise of sigma 0.2 is twice that of 0.1, the outliers of 10 % are among those of
// 30 %. `stop`, asked before each batch, ends it early: the result is then of no use.
Robustness MeasureRobustness(ConvNet& network, const Images& images, uint64_t seed,
                             const std::function<bool()>& stop = {});

// {"images", "noise": [{"sigma", "accuracy"}, ...], "outliers": [{"share", "accuracy"}, ...]}
nlohmann::ordered_json ToJson(const Robustness& robustness);

}  // namespace elu_lab

#endif  // ELU_LAB_ROBUSTNESS_H_
