#include "lab/data/cifar10.h"

#include "lab/files/cifar10_records.h"

namespace elu_lab {

std::vector<std::string> Cifar10Classes() {
  return {"airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"};
}

Images ReadCifar10(const std::filesystem::path& folder, bool test, int64_t count) {
  std::vector<uint8_t> records = ReadCifar10Records(folder, test, count);
  const torch::Tensor all = torch::from_blob(records.data(), {count, kCifar10Record}, torch::kUInt8);
  return {all.slice(1, 1).reshape({count, 3, 32, 32}).clone(), all.select(1, 0).to(torch::kInt64)};
}

torch::Tensor Normalise(const torch::Tensor& pixels) {
  const torch::Tensor mean = torch::tensor({0.4914, 0.4822, 0.4465}, torch::kFloat32).view({1, 3, 1, 1});
  const torch::Tensor deviation = torch::tensor({0.2470, 0.2435, 0.2616}, torch::kFloat32).view({1, 3, 1, 1});
  return (pixels.to(torch::kFloat32) / 255.0 - mean) / deviation;
}

}  // namespace elu_lab
