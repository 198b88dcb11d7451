// The reader trusts nothing: each length, offset and shape is checked before it is used.
#include <algorithm>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "checksum.h"
#include "safetensors.h"

namespace elu_lab {
namespace {

using nlohmann::json;

constexpr uint64_t kMaxFileBytes = uint64_t{1} << 30, kMaxHeaderBytes = 10'000'000, kLengthBytes = 8;

[[noreturn]] void Refuse(const std::string& why) { throw std::runtime_error(why); }

std::string ReadWhole(const std::filesystem::path& file) {
  std::error_code error;
  const bool regular = std::filesystem::is_regular_file(file, error);
  if (error) Refuse("cannot be opened: " + error.message());
  if (!regular) Refuse("is no file");
  const uint64_t size = std::filesystem::file_size(file, error);
  if (error) Refuse(error.message());
  if (size > kMaxFileBytes) Refuse("has more than 1 GiB");
  std::string bytes(size, '\0');
  std::ifstream in(file, std::ios::binary);
  if (!in.read(bytes.data(), static_cast<std::streamsize>(size))) Refuse("cannot be read");
  return bytes;
}

uint64_t HeaderLength(std::string_view bytes) {
  if (bytes.size() < kLengthBytes) Refuse("is cut off: it has " + std::to_string(bytes.size()) + " bytes");
  uint64_t length = 0;
  for (size_t i = 0; i < kLengthBytes; ++i) length |= uint64_t{static_cast<uint8_t>(bytes[i])} << 8 * i;
  if (length > kMaxHeaderBytes || length > bytes.size() - kLengthBytes) {
    Refuse("is cut off or no safetensors file: its header claims " + std::to_string(length) + " bytes");
  }
  return length;
}

// The header's object; where a name stands twice, JSON itself would take the last one.
json ParseHeader(const std::string_view text) {
  std::set<std::string> names;
  const auto once = [&names](int depth, json::parse_event_t event, const json& parsed) {
    if (event == json::parse_event_t::key && depth == 1 && !names.insert(parsed.get<std::string>()).second) {
      Refuse("its header names " + parsed.get<std::string>() + " twice");
    }
    return true;
  };
  json header;
  try {
    header = json::parse(text.begin(), text.end(), once);
  } catch (const json::exception&) {
    Refuse("its header is no JSON");
  }
  if (!header.is_object()) Refuse("its header is no JSON object");
  return header;
}

torch::ScalarType TypeOf(const std::string& name) {
  if (name == "F32") return torch::kFloat32;
  if (name == "F64") return torch::kFloat64;
  if (name == "I64") return torch::kInt64;
  if (name == "U8") return torch::kUInt8;
  Refuse("type " + name + " is none of F32, F64, I64, U8");
}

struct Entry {
  std::string name;
  torch::ScalarType type;
  std::vector<int64_t> shape;
  uint64_t begin, end;
};

uint64_t Natural(const json& value) {
  if (!value.is_number_unsigned()) Refuse("a shape or an offset is no natural number");
  return value.get<uint64_t>();
}

// The bytes that a shape takes; at most a file's, so that no product overflows.
uint64_t SizeOf(const Entry& entry) {
  uint64_t bytes = torch::elementSize(entry.type);
  for (const int64_t side : entry.shape) {
    if (side != 0 && bytes > kMaxFileBytes / static_cast<uint64_t>(side)) Refuse("its shape is too large");
    bytes *= static_cast<uint64_t>(side);
  }
  return bytes;
}

Entry ParseEntry(const std::string& name, const json& value) {
  Entry entry{name, TypeOf(value.at("dtype").get<std::string>()), {}, 0, 0};
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

std::vector<Entry> ParseEntries(const json& header) {
  std::vector<Entry> entries;
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
  std::ranges::sort(entries, {}, [](const Entry& entry) { return std::pair(entry.begin, entry.end); });
  return entries;
}

}  // namespace

Safetensors ParseSafetensors(std::string_view bytes) {
  const uint64_t start = kLengthBytes + HeaderLength(bytes);
  const json header = ParseHeader(bytes.substr(kLengthBytes, start - kLengthBytes));
  Safetensors result;
  try {
    if (header.contains("__metadata__")) result.metadata = header["__metadata__"].get<Metadata>();
  } catch (const json::exception&) {
    Refuse("its metadata are not texts");
  }
  const std::vector<Entry> entries = ParseEntries(header);
  uint64_t end = 0;
  for (const Entry& entry : entries) {
    if (entry.begin != end) Refuse("tensor " + entry.name + ": its bytes overlap others or leave a gap");
    end = entry.end;
  }
  if (const uint64_t there = bytes.size() - start; end != there) {
    Refuse("is cut off or too long: its tensors take " + std::to_string(end) + " bytes of " + std::to_string(there));
  }
  result.checked = TakeChecksum(bytes, result.metadata);
  for (const Entry& entry : entries) {
    torch::Tensor tensor = torch::empty(entry.shape, entry.type);
    std::memcpy(tensor.mutable_data_ptr(), bytes.data() + start + entry.begin, tensor.nbytes());
    result.tensors.emplace(entry.name, std::move(tensor));
  }
  return result;
}

Safetensors ReadSafetensors(const std::filesystem::path& file) try {
  return ParseSafetensors(ReadWhole(file));
} catch (const std::runtime_error& error) {
  throw std::runtime_error(file.string() + ": " + error.what());
}

}  // namespace elu_lab
