#include "lab/checkpoint/safetensors.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "lab/files/checksum.h"
#include "lab/files/safetensors_file.h"
#include "program/pending_file.h"

namespace elu_lab {
namespace {

std::string TypeName(const torch::Tensor& tensor) {
  switch (tensor.scalar_type()) {
    case torch::kFloat32: return "F32";
    case torch::kFloat64: return "F64";
    case torch::kInt64: return "I64";
    case torch::kUInt8: return "U8";
    default: throw std::runtime_error(std::string("safetensors: cannot write type ") + toString(tensor.scalar_type()));
  }
}

// Of a name that ReadSafetensorsFile lets pass.
torch::ScalarType TypeOf(const std::string& name) {
  if (name == "F32") return torch::kFloat32;
  if (name == "F64") return torch::kFloat64;
  return name == "I64" ? torch::kInt64 : torch::kUInt8;
}

// The length of the header as the format wants it: 8 bytes, least significant first.
std::string LengthField(uint64_t length) {
  std::string field;
  for (int shift = 0; shift < 64; shift += 8) field.push_back(static_cast<char>(length >> shift & 0xff));
  return field;
}

// "F32 of shape [64, 3]"
std::string Describe(const torch::Tensor& tensor) {
  std::ostringstream text;
  text << TypeName(tensor) << " of shape " << tensor.sizes();
  return text.str();
}

}  // namespace

void WriteSafetensors(const std::filesystem::path& file, const Tensors& tensors, const Metadata& metadata) {
  nlohmann::ordered_json header;
  std::string data;
  header["__metadata__"] = WithBlankChecksum(metadata);
  // Wide elements first: so every tensor lies at a multiple of its element's size, as PyTorch's reader wants it.
  std::vector<std::pair<std::string, torch::Tensor>> order(tensors.begin(), tensors.end());
  std::ranges::stable_sort(order, std::greater(), [](const auto& entry) { return entry.second.element_size(); });
  for (const auto& [name, tensor] : order) {
    const torch::Tensor dense = tensor.detach().contiguous();
    const size_t begin = data.size();
    data.append(static_cast<const char*>(dense.const_data_ptr()), dense.nbytes());
    header[name] = {{"dtype", TypeName(dense)}, {"shape", dense.sizes().vec()}, {"data_offsets", {begin, data.size()}}};
  }
  std::string text = header.dump();
  text.append((8 - text.size() % 8) % 8, ' ');  // the tensors start at a multiple of 8
  std::string bytes = LengthField(text.size()) + text + data;
  FillChecksum(bytes);
  program::WriteFile(file, bytes);
}

Safetensors ReadSafetensors(const std::filesystem::path& file) try {
  const SafetensorsFile content = ReadSafetensorsFile(file);
  Safetensors result{{}, content.metadata, content.checked};
  for (const SafetensorsEntry& entry : content.entries) {
    const torch::Tensor tensor = torch::empty(entry.shape, TypeOf(entry.type));
    std::memcpy(tensor.mutable_data_ptr(), content.bytes.data() + entry.begin, tensor.nbytes());
    result.tensors.emplace(entry.name, tensor);
  }
  return result;
} catch (const std::runtime_error& error) {
  throw std::runtime_error(file.string() + ": " + error.what());
}

Tensors StateOf(const torch::nn::Module& module) {
  Tensors state;
  for (const auto& parameter : module.named_parameters()) state[parameter.key()] = parameter.value();
  for (const auto& buffer : module.named_buffers()) state[buffer.key()] = buffer.value();
  return state;
}

void CopyTensors(const Tensors& from, const Tensors& to) {
  for (const auto& [name, tensor] : to) {
    const auto found = from.find(name);
    if (found == from.end()) throw std::runtime_error("there is no tensor " + name);
    const bool fits = found->second.scalar_type() == tensor.scalar_type() && found->second.sizes() == tensor.sizes();
    if (!fits) throw std::runtime_error(name + " is " + Describe(found->second) + ", not " + Describe(tensor));
  }
  for (const auto& entry : from) {
    if (!to.contains(entry.first)) throw std::runtime_error("the tensor " + entry.first + " belongs to nothing here");
  }
  const torch::NoGradGuard no_grad;
  for (const auto& [name, tensor] : to) torch::Tensor(tensor).copy_(from.at(name));
}

}  // namespace elu_lab
