// A network with all that is needed to use it: a checkpoint, in either direction.
#ifndef ELU_LAB_CHECKPOINT_MODEL_H_
#define ELU_LAB_CHECKPOINT_MODEL_H_

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "lab/network/convnet.h"
#include "lab/settings.h"

namespace elu_lab {

struct Model {
  NetworkSettings settings;
  std::vector<std::string> classes;
  bool classes_named;  // false: nobody told, they are "0", "1", ...
  ConvNet network;
};

// Writes the weights under the names of Python's state_dict(); activation, alpha and classes as metadata.
void WriteModel(const std::filesystem::path& file, const Model& model);

// Reads what WriteModel wrote, or weights under the same names from elsewhere. `checkpoint` may be the folder of a run.
// Activation and alpha are those given, or else the file's, or else elu and 1; number of classes and BatchNorm follow
// from the tensors. Throws std::runtime_error naming the file and what is wrong with it.
Model ReadModel(const std::filesystem::path& checkpoint, const std::optional<std::string>& activation = {},
                const std::optional<double>& alpha = {});

}  // namespace elu_lab

#endif  // ELU_LAB_CHECKPOINT_MODEL_H_
