// Random changes of training images that keep what they show.
#ifndef ELU_LAB_TRAINING_AUGMENT_H_
#define ELU_LAB_TRAINING_AUGMENT_H_

#include <torch/torch.h>

namespace elu_lab {

// (N, 3, 32, 32) uint8 -> the same: each image is mirrored, or not, and moved by -1 to 1 pixels down and across, what
// comes in from outside being black. The generator alone decides.
torch::Tensor Augment(const torch::Tensor& pixels, at::Generator& generator);

}  // namespace elu_lab

#endif  // ELU_LAB_TRAINING_AUGMENT_H_
