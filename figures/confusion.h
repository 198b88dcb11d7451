// Which class is taken for which.
#ifndef ELU_FIGURES_CONFUSION_H_
#define ELU_FIGURES_CONFUSION_H_

#include <cstdint>
#include <string>
#include <vector>

namespace elu_lab {

// counts[true class][answer], numbers of images; as many names as classes.
struct Confusion {
  std::vector<std::string> classes;
  std::vector<std::vector<int64_t>> counts;
};

// A line a class: the answers' numbers, and the share that is right.
std::string ConfusionAsText(const Confusion& confusion);

// The same as a figure, each cell as dark as its share of the line.
std::string ConfusionAsSvg(const Confusion& confusion);

}  // namespace elu_lab

#endif  // ELU_FIGURES_CONFUSION_H_
