// The reader of checkpoints. An input that begins with "{" is a header up to its first line break, then the tensors,
// and gets the length that belongs before them; any other is a file as it stands.
#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>

#include "lab/files/safetensors_file.h"
#include "tests/fuzz/fuzzing.h"

namespace elu::fuzz {
namespace {

constexpr std::size_t kLengthBytes = 8;

std::string WithLength(const std::string& input) {
  if (!input.starts_with('{')) return input;
  const std::size_t end = std::min(input.find('\n'), input.size());
  std::string length;
  for (std::size_t i = 0; i < kLengthBytes; ++i) length.push_back(static_cast<char>(end >> 8 * i & 0xff));
  return length + input.substr(0, end) + input.substr(std::min(end + 1, input.size()));
}

std::uint64_t SizeOf(const elu_lab::SafetensorsEntry& entry) {
  std::uint64_t size = entry.type == "U8" ? 1 : entry.type == "F32" ? 4 : 8;
  for (const std::int64_t side : entry.shape) size *= static_cast<std::uint64_t>(side);
  return size;
}

void CheckEntries(const elu_lab::SafetensorsFile& read) {
  std::size_t end = kLengthBytes;
  for (std::size_t i = 0; i < kLengthBytes; ++i) end += std::size_t{static_cast<std::uint8_t>(read.bytes[i])} << 8 * i;
  std::set<std::string> names;
  for (const elu_lab::SafetensorsEntry& entry : read.entries) {
    Require(names.insert(entry.name).second, "a name stands for one tensor");
    Require(entry.begin == end && entry.end >= end, "tensors follow one another");
    Require(entry.end - entry.begin == SizeOf(entry), "a shape has the size of its bytes");
    end = entry.end;
  }
  Require(end == read.bytes.size(), "tensors fill the file");
}

}  // namespace
}  // namespace elu::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace elu::fuzz;
  static const MemoryFile file;
  const std::string bytes = WithLength(Text({data, size}));
  file.Hold({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  try {
    const elu_lab::SafetensorsFile read = elu_lab::ReadSafetensorsFile(file.path());
    Require(read.bytes == bytes, "the whole file is read");
    CheckEntries(read);
  } catch (const std::runtime_error& error) {
    RequireNamed(error, "");
  }
  return 0;
}
