// Who may write to a folder.
#ifndef ELU_LAB_RUN_FOLDER_LOCK_H_
#define ELU_LAB_RUN_FOLDER_LOCK_H_

#include <filesystem>

namespace elu_lab {

// Keeps a second program from the folder; the system lets go of it however the program ends. Throws
// std::runtime_error.
class FolderLock {
 public:
  explicit FolderLock(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace elu_lab

#endif  // ELU_LAB_RUN_FOLDER_LOCK_H_
