// Who may write to a folder.
#ifndef ELU_LAB_RUN_FOLDER_LOCK_H_
#define ELU_LAB_RUN_FOLDER_LOCK_H_

#include <filesystem>
#include <stdexcept>
#include <string>

namespace elu_lab {

// Another program has it.
class HeldElsewhere : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

enum class IfHeld { kRefuse, kWait };

// Keeps a second program from the folder, or from a part of the work there ("shard 2/3"), on this machine and on others
// that share it. It is a lock on a hidden file, since what locks a folder itself is of one machine alone; the system
// lets go of it however the program ends. Throws HeldElsewhere, or std::runtime_error where the folder cannot be
// locked.
class FolderLock {
 public:
  explicit FolderLock(const std::filesystem::path& folder, const std::string& part = "",
                      IfHeld if_held = IfHeld::kRefuse);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  std::filesystem::path file_;
  int descriptor_ = -1;
};

}  // namespace elu_lab

#endif  // ELU_LAB_RUN_FOLDER_LOCK_H_
