// Checkpoints: the safetensors format, an 8-byte length, a JSON header, the tensors' bytes.
// Source: https://github.com/huggingface/safetensors, "Format".
#ifndef ELU_LAB_SAFETENSORS_H_
#define ELU_LAB_SAFETENSORS_H_

#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <string>

namespace elu_lab {

using Tensors = std::map<std::string, torch::Tensor>;

// Writes float32, uint8 and int64 tensors to a temporary name and renames it. Throws std::runtime_error if that fails.
void WriteSafetensors(const std::filesystem::path& file, const Tensors& tensors);

// The parameters and buffers of a module, by name: what Python's state_dict() holds.
Tensors StateOf(const torch::nn::Module& module);

}  // namespace elu_lab

#endif  // ELU_LAB_SAFETENSORS_H_
