#include "lab/run/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>

namespace elu_lab {
namespace {

// ".elu-lab-shard-2-3.lock"
std::string NameOfLock(std::string part) {
  std::ranges::replace_if(
      part, [](unsigned char c) { return std::isalnum(c) == 0; }, '-');
  return (part.empty() ? ".elu-lab" : ".elu-lab-" + part) + ".lock";
}

// 0 or the error.
int Lock(int descriptor, IfHeld if_held) {
  const int operation = if_held == IfHeld::kWait ? LOCK_EX : LOCK_EX | LOCK_NB;
  while (::flock(descriptor, operation) != 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

// False: who held the lock has removed the file meanwhile, and somebody may have made it anew.
bool IsThere(int descriptor, const std::filesystem::path& file) {
  struct stat ours {
  }, there{};
  return ::fstat(descriptor, &ours) == 0 && ::stat(file.c_str(), &there) == 0 && ours.st_ino == there.st_ino &&
         ours.st_dev == there.st_dev;
}

}  // namespace

FolderLock::FolderLock(const std::filesystem::path& folder, const std::string& part, IfHeld if_held)
    : file_(folder / NameOfLock(part)) {
  for (;;) {
    descriptor_ = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (descriptor_ < 0) throw std::runtime_error(folder.string() + ": " + std::strerror(errno));
    const int error = Lock(descriptor_, if_held);
    if (error == 0 && IsThere(descriptor_, file_)) return;
    ::close(descriptor_);
    if (error == EWOULDBLOCK) {
      throw HeldElsewhere(folder.string() + ": another elu-lab is at work there" + (part.empty() ? "" : " on " + part));
    }
    // ESTALE: NFS says so of a file that was removed on another machine.
    if (error != 0 && error != ESTALE) {
      throw std::runtime_error(folder.string() + ": cannot be locked: " + std::strerror(error));
    }
  }
}

// The file goes first: whoever waits for it sees that it is gone, and makes a new one.
FolderLock::~FolderLock() {
  ::unlink(file_.c_str());
  ::close(descriptor_);
}

}  // namespace elu_lab
