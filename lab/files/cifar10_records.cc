#include "lab/files/cifar10_records.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace elu_lab {
namespace {

constexpr int64_t kRecords = 10'000;  // of a file

[[noreturn]] void Refuse(const std::filesystem::path& file, const std::string& why) {
  throw std::runtime_error(file.string() + ": " + why + "; `make data` fetches the images anew, or set CIFAR10_DIR");
}

// Appends up to `wanted` records of one file; returns how many.
int64_t AppendRecords(const std::filesystem::path& file, int64_t wanted, std::vector<uint8_t>& records) {
  std::ifstream in(file, std::ios::binary);
  if (!in) Refuse(file, "cannot be opened");
  std::error_code error;
  const auto size = static_cast<int64_t>(std::filesystem::file_size(file, error));
  if (error) Refuse(file, error.message());
  if (size != kRecords * kCifar10Record) {
    Refuse(file, "has " + std::to_string(size) + " bytes, not the 30730000 of 10,000 images");
  }
  const int64_t count = std::min(wanted, kRecords);
  const size_t before = records.size();
  records.resize(before + static_cast<size_t>(count * kCifar10Record));
  if (!in.read(reinterpret_cast<char*>(&records[before]), count * kCifar10Record)) Refuse(file, "cannot be read");
  for (int64_t i = 0; i < count; ++i) {
    const int label = records[before + static_cast<size_t>(i * kCifar10Record)];
    if (label > 9) Refuse(file, "record " + std::to_string(i) + " has label " + std::to_string(label) + ", above 9");
  }
  return count;
}

}  // namespace

std::vector<uint8_t> ReadCifar10Records(const std::filesystem::path& folder, bool test, int64_t count) {
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
  return records;
}

}  // namespace elu_lab
