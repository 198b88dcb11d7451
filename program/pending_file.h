// Files that are there whole or not at all.
#ifndef ELU_PROGRAM_PENDING_FILE_H_
#define ELU_PROGRAM_PENDING_FILE_H_

#include <filesystem>
#include <string_view>

#include "program/signals.h"

namespace program {

// A file that takes its name when it is complete, and keeps the place and permissions of what stood there before. At
// most one at a time: signals that end the program remove it first.
class PendingFile {
 public:
  // Makes an empty file of another name in the same folder, and removes what killed programs have left there. Throws
  // std::runtime_error where the file cannot be written: for a folder, a device or the like too.
  explicit PendingFile(const std::filesystem::path& name);
  // Removes it, unless it has been kept.
  ~PendingFile();
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;

  // Open for writing, and where it lies meanwhile.
  int descriptor() const { return descriptor_; }
  const std::filesystem::path& path() const { return path_; }

  // Flushes it to the disk, gives it its name, flushes the folder. Throws std::runtime_error; what stood there before
  // then stays as it was, unless it is the last of these that failed.
  void Keep();

 private:
  std::filesystem::path name_, path_;
  RemovalBySignals removal_;
  int descriptor_ = -1;
};

// The same with all that the file is to hold.
void WriteFile(const std::filesystem::path& file, std::string_view bytes);

// Makes the folder if need be and proves that it can be written to. Throws std::runtime_error.
void MakeOutputFolder(const std::filesystem::path& folder);

// Throws WrongUse, which names `option`, for a folder, a device or the like.
void RefuseUnlessFile(const char* option, const std::filesystem::path& name);

// "cannot write y.npy: No space left on device", as std::runtime_error, for a value of errno.
[[noreturn]] void FailToWrite(const std::filesystem::path& name, int error);

}  // namespace program

#endif  // ELU_PROGRAM_PENDING_FILE_H_
