// Files and streams that hold the arrays of a command.
#ifndef ELU_CLI_EVAL_ARRAY_FILE_H_
#define ELU_CLI_EVAL_ARRAY_FILE_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "program/pending_file.h"

namespace elu::cli {

// A file, or "-": standard input. A regular file may be read from any number of threads, at any position; a stream is
// read from its beginning to its end, whatever position is named.
class ArrayInput {
 public:
  // Throws std::runtime_error for what cannot be read.
  explicit ArrayInput(const std::filesystem::path& name);
  ~ArrayInput();
  ArrayInput(const ArrayInput&) = delete;
  ArrayInput& operator=(const ArrayInput&) = delete;

  const std::string& name() const { return name_; }  // for messages
  // Bytes of a regular file, nothing for a stream.
  std::optional<std::uint64_t> size() const { return size_; }

  // Fills `bytes`, unless the end comes first; returns how many were read. Throws std::runtime_error.
  std::size_t Read(std::span<std::byte> bytes, std::uint64_t position) const;

 private:
  std::string name_;
  int descriptor_ = 0;
  std::optional<std::uint64_t> size_;
};

// A file, there when it is kept, or a stream: "-", standard output, or the name of a device or pipe.
class ArrayOutput {
 public:
  // Throws WrongUse, which names `option`, or std::runtime_error.
  ArrayOutput(const char* option, const std::filesystem::path& name);
  ~ArrayOutput();
  ArrayOutput(const ArrayOutput&) = delete;
  ArrayOutput& operator=(const ArrayOutput&) = delete;

  // If so, positions are ignored.
  bool stream() const { return !file_; }

  // Throws std::runtime_error.
  void Write(std::span<const std::byte> bytes, std::uint64_t position) const;

  // Gives a file its name. Throws std::runtime_error.
  void Keep();

 private:
  std::string name_;
  std::optional<program::PendingFile> file_;
  int descriptor_ = 1;
};

}  // namespace elu::cli

#endif  // ELU_CLI_EVAL_ARRAY_FILE_H_
