// What a safetensors file holds, read strictly: an 8-byte length, a JSON header, the tensors' bytes.
// Source: https://github.com/huggingface/safetensors, "Format".
#ifndef ELU_LAB_FILES_SAFETENSORS_FILE_H_
#define ELU_LAB_FILES_SAFETENSORS_FILE_H_

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace elu_lab {

struct SafetensorsEntry {
  std::string name, type;  // type: F32, F64, I64 or U8
  std::vector<int64_t> shape;
  uint64_t begin, end;  // of its bytes in the file
};

struct SafetensorsFile {
  std::string bytes;                      // all of them
  std::vector<SafetensorsEntry> entries;  // in the order of their bytes, which follow one another to the end
  std::map<std::string, std::string> metadata;
  bool checked;  // by the checksum that elu-lab writes; files of others have none
};

// Throws std::runtime_error with the reason alone, as ReadSafetensors (safetensors.h) with the file's name. Nothing of
// the tensors is read before the whole header fits the file's size.
SafetensorsFile ReadSafetensorsFile(const std::filesystem::path& file);

}  // namespace elu_lab

#endif  // ELU_LAB_FILES_SAFETENSORS_FILE_H_
