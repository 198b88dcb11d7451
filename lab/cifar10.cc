#include "cifar10.h"

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace elu_lab {
namespace {

constexpr int64_t kPixels = 3 * 32 * 32, kRecord = 1 + kPixels, kRecords = 10'000;

[[noreturn]] void RefuseFile(const std::filesystem::path& file, const std::string& why) {
  throw std::runtime_error(file.string() + ": " + why + "; `make data` fetches the images anew, or set CIFAR10_DIR");
}

// Appends up to `wanted` records of one file; returns how many.
int64_t AppendRecords(const std::filesystem::path& file, int64_t wanted, std::vector<uint8_t>& records) {
  std::ifstream in(file, std::ios::binary);
  if (!in) RefuseFile(file, "cannot be opened");
  std::error_code error;
  const auto size = static_cast<int64_t>(std::filesystem::file_size(file, error));
  if (error) RefuseFile(file, error.message());
  if (size != kRecords * kRecord) {
    RefuseFile(file, "has " + std::to_string(size) + " bytes, not the 30730000 of 10,000 images");
  }
  const int64_t count = std::min(wanted, kRecords);
  const size_t before = records.size();
  records.resize(before + static_cast<size_t>(count * kRecord));
  if (!in.read(reinterpret_cast<char*>(&records[before]), count * kRecord)) RefuseFile(file, "cannot be read");
  for (int64_t i = 0; i < count; ++i) {
    const int label = records[before + static_cast<size_t>(i * kRecord)];
    if (label > 9) RefuseFile(file, "record " + std::to_string(i) + " has label " + std::to_string(label) + ", above 9");
  }
  return count;
}

}  // namespace

std::vector<std::string> Cifar10Classes() {
  return {"airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"};
}

Images ReadCifar10(const std::filesystem::path& folder, bool test, int64_t count) {
  std::vector<std::string> names = {"test_batch.bin"};
  if (!test) {
    names.clear();
    for (int i = 1; i <= 5; ++i) names.push_back("data_batch_" + std::to_string(i) + ".bin");
  }
  std::vector<uint8_t> records;
  int64_t read = 0;
  for (const std::string& name : names) {
    if (read < count) read += AppendRecords(folder / name, count - read, records);
  }
  if (read < count) {
    throw std::runtime_error(folder.string() + ": has " + std::to_string(read) + (test ? " test" : " training") +
                             " images, " + std::to_string(count) + " were asked for");
  }
  const torch::Tensor all = torch::from_blob(records.data(), {read, kRecord}, torch::kUInt8);
  return {all.slice(1, 1).reshape({read, 3, 32, 32}).clone(), all.select(1, 0).to(torch::kInt64)};
}

torch::Tensor Normalise(const torch::Tensor& pixels) {
  const torch::Tensor mean = torch::tensor({0.4914, 0.4822, 0.4465}, torch::kFloat32).view({1, 3, 1, 1});
  const torch::Tensor deviation = torch::tensor({0.2470, 0.2435, 0.2616}, torch::kFloat32).view({1, 3, 1, 1});
  return (pixels.to(torch::kFloat32) / 255.0 - mean) / deviation;
}

}  // namespace elu_lab
