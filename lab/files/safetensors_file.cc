// The reader trusts nothing: each length, offset and shape is checked before it is used.
#include "lab/files/safetensors_file.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "lab/files/checksum.h"

namespace elu_lab {
namespace {

using nlohmann::json;

constexpr uint64_t kMaxFileBytes = uint64_t{1} << 30, kMaxHeaderBytes = 10'000'000, kLengthBytes = 8;

[[noreturn]] void Refuse(const std::string& why) { throw std::runtime_error(why); }

uint64_t SizeOfFile(const std::filesystem::path& file) {
  std::error_code error;
  const bool regular = std::filesystem::is_regular_file(file, error);
  if (error) Refuse("cannot be opened: " + error.message());
  if (!regular) Refuse("is no file");
  const uint64_t size = std::filesystem::file_size(file, error);
  if (error) Refuse(error.message());
  if (size > kMaxFileBytes) Refuse("has more than 1 GiB");
  return size;
}

// Appends the file's next bytes.
void Append(std::ifstream& in, uint64_t count, std::string& bytes) {
  const size_t before = bytes.size();
  bytes.resize(before + count);
  if (!in.read(bytes.data() + before, static_cast<std::streamsize>(count))) Refuse("cannot be read");
}

uint64_t HeaderLength(const std::string& bytes, uint64_t size) {
  uint64_t length = 0;
  for (size_t i = 0; i < kLengthBytes; ++i) length |= uint64_t{static_cast<uint8_t>(bytes[i])} << 8 * i;
  if (length > kMaxHeaderBytes || length > size - kLengthBytes) {
    Refuse("is cut off or no safetensors file: its header claims " + std::to_string(length) + " bytes");
  }
  return length;
}

// Refuses, while it is parsed, what JSON allows and no header needs: a name twice, of which JSON would take the last,
// depth, and masses of values: the parser's time grows with their square, and they take far more memory than their
// text.
class Strictness {
 public:
  bool operator()(int depth, json::parse_event_t event, const json& parsed) {
    const bool begins = event == json::parse_event_t::object_start || event == json::parse_event_t::array_start;
    if (begins && depth >= kMostDepth) Refuse("its header is nested too deep");
    if ((begins || event == json::parse_event_t::value) && ++values_ > kMostValues) {
      Refuse("its header has too many values");
    }
    const auto level = static_cast<size_t>(depth);  // of a name: one below that of its object
    if (event == json::parse_event_t::object_start) names_[level].clear();
    if (event == json::parse_event_t::key && !names_[level - 1].insert(parsed.get<std::string>()).second) {
      Refuse("its header names " + parsed.get<std::string>() + " twice");
    }
    return true;
  }

 private:
  static constexpr int kMostDepth = 3;        // the header, a tensor, its shape
  static constexpr int kMostValues = 20'000;  // some 2,500 tensors
  std::array<std::set<std::string>, kMostDepth> names_;
  int values_ = 0;
};

json ParseHeader(const std::string_view text) {
  Strictness strictness;
  json header;
  try {
    header = json::parse(text.begin(), text.end(), std::ref(strictness));
  } catch (const json::exception&) {
    Refuse("its header is no JSON");
  }
  if (!header.is_object()) Refuse("its header is no JSON object");
  return header;
}

uint64_t ElementSize(const std::string& type) {
  if (type == "F32") return 4;
  if (type == "F64" || type == "I64") return 8;
  if (type == "U8") return 1;
  Refuse("type " + type + " is none of F32, F64, I64, U8");
}

uint64_t Natural(const json& value) {
  if (!value.is_number_unsigned()) Refuse("a shape or an offset is no natural number");
  return value.get<uint64_t>();
}

// The bytes that a shape takes; at most a file's, so that no product overflows.
uint64_t SizeOf(const SafetensorsEntry& entry) {
  uint64_t bytes = ElementSize(entry.type);
  for (const int64_t side : entry.shape) {
    if (side != 0 && bytes > kMaxFileBytes / static_cast<uint64_t>(side)) Refuse("its shape is too large");
    bytes *= static_cast<uint64_t>(side);
  }
  return bytes;
}

SafetensorsEntry ParseEntry(const std::string& name, const json& value) {
  SafetensorsEntry entry{name, value.at("dtype").get<std::string>(), {}, 0, 0};
  const json &shape = value.at("shape"), &offsets = value.at("data_offsets");
  if (!shape.is_array() || shape.size() > 8) Refuse("its shape is no list of at most 8 numbers");
  if (!offsets.is_array() || offsets.size() != 2) Refuse("its offsets are not two numbers");
  for (const json& side : shape) {
    if (Natural(side) > kMaxFileBytes) Refuse("its shape is too large");
    entry.shape.push_back(static_cast<int64_t>(Natural(side)));
  }
  entry.begin = Natural(offsets[0]);
  entry.end = Natural(offsets[1]);
  if (entry.end < entry.begin || entry.end - entry.begin != SizeOf(entry)) Refuse("its shape does not fit its offsets");
  return entry;
}

std::vector<SafetensorsEntry> ParseEntries(const json& header) {
  std::vector<SafetensorsEntry> entries;
  for (const auto& [name, value] : header.items()) {
    if (name == "__metadata__") continue;
    try {
      entries.push_back(ParseEntry(name, value));
    } catch (const json::exception&) {
      Refuse("tensor " + name + ": lacks a type, a shape or offsets");
    } catch (const std::runtime_error& error) {
      Refuse("tensor " + name + ": " + error.what());
    }
  }
  std::ranges::sort(entries, {}, [](const SafetensorsEntry& entry) { return std::pair(entry.begin, entry.end); });
  return entries;
}

// Whether the tensors take these bytes, all of them, one after another.
void CheckOffsets(const std::vector<SafetensorsEntry>& entries, uint64_t there) {
  uint64_t end = 0;
  for (const SafetensorsEntry& entry : entries) {
    if (entry.begin != end) Refuse("tensor " + entry.name + ": its bytes overlap others or leave a gap");
    end = entry.end;
  }
  if (end != there) {
    Refuse("is cut off or too long: its tensors take " + std::to_string(end) + " bytes of " + std::to_string(there));
  }
}

}  // namespace

SafetensorsFile ReadSafetensorsFile(const std::filesystem::path& file) {
  const uint64_t size = SizeOfFile(file);
  if (size < kLengthBytes) Refuse("is cut off: it has " + std::to_string(size) + " bytes");
  std::ifstream in(file, std::ios::binary);
  SafetensorsFile result{};
  Append(in, kLengthBytes, result.bytes);
  Append(in, HeaderLength(result.bytes, size), result.bytes);
  const uint64_t start = result.bytes.size();
  const json header = ParseHeader(std::string_view(result.bytes).substr(kLengthBytes));
  try {
    if (header.contains("__metadata__")) result.metadata = header["__metadata__"].get<decltype(result.metadata)>();
  } catch (const json::exception&) {
    Refuse("its metadata are not texts");
  }
  result.entries = ParseEntries(header);
  CheckOffsets(result.entries, size - start);
  for (SafetensorsEntry& entry : result.entries) {
    entry.begin += start;
    entry.end += start;
  }
  result.bytes.reserve(size);
  Append(in, size - start, result.bytes);
  result.checked = TakeChecksum(result.bytes, result.metadata);
  return result;
}

}  // namespace elu_lab
