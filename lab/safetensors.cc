#include "safetensors.h"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <vector>

#include "output.h"

namespace elu_lab {
namespace {

std::string TypeName(const torch::Tensor& tensor) {
  switch (tensor.scalar_type()) {
    case torch::kFloat32: return "F32";
    case torch::kInt64: return "I64";
    case torch::kUInt8: return "U8";
    default: throw std::runtime_error(std::string("safetensors: cannot write type ") + toString(tensor.scalar_type()));
  }
}

// The length of the header as the format wants it: 8 bytes, least significant first.
std::string LengthField(uint64_t length) {
  std::string field;
  for (int shift = 0; shift < 64; shift += 8) field.push_back(static_cast<char>(length >> shift & 0xff));
  return field;
}

}  // namespace

void WriteSafetensors(const std::filesystem::path& file, const Tensors& tensors) {
  nlohmann::ordered_json header;
  std::string data;
  for (const auto& [name, tensor] : tensors) {
    const torch::Tensor dense = tensor.detach().contiguous();
    const size_t begin = data.size();
    data.append(static_cast<const char*>(dense.const_data_ptr()), dense.nbytes());
    header[name] = {{"dtype", TypeName(dense)}, {"shape", dense.sizes().vec()}, {"data_offsets", {begin, data.size()}}};
  }
  std::string text = header.dump();
  text.append((8 - text.size() % 8) % 8, ' ');  // the tensors start at a multiple of 8
  WriteFile(file, LengthField(text.size()) + text + data);
}

Tensors StateOf(const torch::nn::Module& module) {
  Tensors state;
  for (const auto& parameter : module.named_parameters()) state[parameter.key()] = parameter.value();
  for (const auto& buffer : module.named_buffers()) state[buffer.key()] = buffer.value();
  return state;
}

}  // namespace elu_lab
