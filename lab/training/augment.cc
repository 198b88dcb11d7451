#include "lab/training/augment.h"

namespace elu_lab {
namespace {

// Four are usual for deeper networks and hundreds of epochs; in ten epochs they cost this one 2.4 points of accuracy,
// and two cost 0.7.
constexpr int64_t kPad = 1;

}  // namespace

torch::Tensor Augment(const torch::Tensor& pixels, at::Generator& generator) {
  const int64_t count = pixels.size(0), side = pixels.size(3);
  const auto draw = [&](int64_t choices) { return torch::randint(choices, {count, 1}, generator, torch::kInt64); };
  const torch::Tensor down = draw(2 * kPad + 1), across = draw(2 * kPad + 1), mirrored = draw(2);
  const torch::Tensor line = torch::arange(side, torch::kInt64).view({1, side});
  const torch::Tensor rows = line + down;
  const torch::Tensor columns = torch::where(mirrored == 1, side - 1 - line, line) + across;
  const torch::Tensor image = torch::arange(count, torch::kInt64);
  const torch::Tensor channel = torch::arange(pixels.size(1), torch::kInt64);
  return torch::constant_pad_nd(pixels, {kPad, kPad, kPad, kPad})
      .index({image.view({-1, 1, 1, 1}), channel.view({1, -1, 1, 1}), rows.view({count, 1, side, 1}),
              columns.view({count, 1, 1, side})});
}

}  // namespace elu_lab
