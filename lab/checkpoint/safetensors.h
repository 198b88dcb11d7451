// Checkpoints: the safetensors format, an 8-byte length, a JSON header, the tensors' bytes.
// Source: https://github.com/huggingface/safetensors, "Format".
#ifndef ELU_LAB_CHECKPOINT_SAFETENSORS_H_
#define ELU_LAB_CHECKPOINT_SAFETENSORS_H_

#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <string>

namespace elu_lab {

using Tensors = std::map<std::string, torch::Tensor>;
using Metadata = std::map<std::string, std::string>;

struct Safetensors {
  Tensors tensors;
  Metadata metadata;
  bool checked = false;  // by the checksum that elu-lab writes; files of others have none
};

// Writes float32, float64, uint8 and int64 tensors and a checksum (checksum.h) as program::WriteFile does.
// Throws std::runtime_error if that fails.
void WriteSafetensors(const std::filesystem::path& file, const Tensors& tensors, const Metadata& metadata = {});

// Throws std::runtime_error naming the file and what is wrong with it: cut off, a header that is no JSON of this form
// or longer than the file, a name twice, over 20,000 values, another type than the four, a shape that does not fit its
// bytes, bytes of two tensors or of none, a checksum that is not that of its bytes.
Safetensors ReadSafetensors(const std::filesystem::path& file);

// The parameters and buffers of a module, by name: what Python's state_dict() holds.
Tensors StateOf(const torch::nn::Module& module);

// Copies `from` into the tensors of `to`, after all names, types and shapes have been found equal. Throws
// std::runtime_error that names the tensor where they are not, and has then changed nothing.
void CopyTensors(const Tensors& from, const Tensors& to);

}  // namespace elu_lab

#endif  // ELU_LAB_CHECKPOINT_SAFETENSORS_H_
