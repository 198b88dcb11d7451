// Files that are there whole or not at all.
#ifndef ELU_PROGRAM_PENDING_FILE_H_
#define ELU_PROGRAM_PENDING_FILE_H_

#include <filesystem>

namespace program {

// A file that takes its name when it is complete, and keeps the place and permissions of what stood there before. At
// most one at a time: SIGHUP, SIGINT and SIGTERM remove it before they end the program, and a file size limit is an
// error of the write instead of a signal.
class PendingFile {
 public:
  // Makes an empty file of another name in the same folder, and removes what killed programs have left there. Throws
  // WrongUse, which names `option`, for a folder, a device or the like, and std::runtime_error where the file cannot be
  // written.
  PendingFile(const char* option, const std::filesystem::path& name);
  // Removes it, unless it has been kept.
  ~PendingFile();
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;

  // Open for writing, and where it lies meanwhile.
  int descriptor() const { return descriptor_; }
  const std::filesystem::path& path() const { return path_; }

  // Flushes it to the disk and gives it its name. Throws std::runtime_error.
  void Keep();

 private:
  std::filesystem::path name_, path_;
  int descriptor_ = -1;
};

// "cannot write y.npy: No space left on device", as std::runtime_error, for a value of errno.
[[noreturn]] void FailToWrite(const std::filesystem::path& name, int error);

}  // namespace program

#endif  // ELU_PROGRAM_PENDING_FILE_H_
