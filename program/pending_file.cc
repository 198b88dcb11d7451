#include "program/pending_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>

#include "program/wrong_use.h"

namespace program {
namespace {

namespace fs = std::filesystem;

// What the name is a link to, over several links too; that file need not be there.
fs::path Followed(const fs::path& name) {
  constexpr int kMostLinks = 40;  // as Linux follows
  fs::path path = name;
  std::error_code error;
  for (int links = 0; fs::is_symlink(fs::symlink_status(path, error)); ++links) {
    if (links == kMostLinks) FailToWrite(name, ELOOP);
    path = path.parent_path() / fs::read_symlink(path, error);
    if (error) FailToWrite(name, error.value());
  }
  return path;
}

constexpr std::string_view kBegin = ".elu-", kEnd = ".part", kDigits = "0123456789";

// A new name in the same folder. It is short: the file's own may be as long as any.
fs::path FreeName(const fs::path& name) {
  std::error_code error;
  for (int number = 0;; ++number) {
    std::string ours(kBegin);
    ours.append(std::to_string(getpid())).append("-").append(std::to_string(number)).append(kEnd);
    const fs::path path = name.parent_path() / ours;
    if (!fs::exists(fs::symlink_status(path, error))) return path;
  }
}

// A new file, locked for as long as it is open, which tells it from what a killed program has left. -1: see errno.
int OpenLocked(const fs::path& path) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor < 0) return descriptor;
  const bool locked_by_other = flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  const bool removed = access(path.c_str(), F_OK) != 0;
  if (!locked_by_other && !removed) return descriptor;
  close(descriptor);  // before it was locked, another program took it for left
  errno = EEXIST;
  return -1;
}

// ".elu-123-0.part"
bool IsPending(std::string_view name) {
  if (!name.starts_with(kBegin) || !name.ends_with(kEnd)) return false;
  name.remove_prefix(kBegin.size());
  name.remove_suffix(kEnd.size());
  const std::size_t process = name.find_first_not_of(kDigits);
  return process != 0 && process < name.size() - 1 && name[process] == '-' &&
         name.find_first_not_of(kDigits, process + 1) == std::string_view::npos;
}

// What killed programs have left in the folder: files of such names that nobody has locked.
void RemoveLeft(const fs::path& folder) {
  std::error_code error;
  fs::directory_iterator entry(folder.empty() ? "." : folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (!IsPending(entry->path().filename().string())) continue;
    const int descriptor = open(entry->path().c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0) continue;
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) unlink(entry->path().c_str());
    close(descriptor);
  }
}

void WriteAll(int descriptor, std::string_view bytes, const fs::path& name) {
  while (!bytes.empty()) {
    const ssize_t put = write(descriptor, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) FailToWrite(name, errno);
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
}

// A new name is on the disk when its folder is; 0 or the error. A folder that may be written but not read, or whose
// file system flushes no folders, is left to the system.
int Flush(const fs::path& folder) {
  const int descriptor = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return errno == EACCES ? 0 : errno;
  const int error = fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno;
  close(descriptor);
  return error;
}

// "" of a file and of what is not there.
const char* FaultOfKind(const fs::file_status& status) {
  if (fs::is_directory(status)) return "is a folder";
  return fs::exists(status) && !fs::is_regular_file(status) ? "is no file" : "";
}

}  // namespace

void FailToWrite(const fs::path& name, int error) {
  throw std::runtime_error("cannot write " + name.string() + ": " + std::strerror(error));
}

void RefuseUnlessFile(const char* option, const fs::path& name) {
  std::error_code error;
  const std::string fault = FaultOfKind(fs::status(name, error));
  if (!fault.empty()) throw WrongUse(option + (" " + name.string()) + ": " + fault);
}

PendingFile::PendingFile(const fs::path& name) : name_(Followed(name)) {  // the link stays
  std::error_code error;
  const fs::file_status old = fs::status(name_, error);
  if (fs::is_directory(old)) FailToWrite(name, EISDIR);
  if (const std::string fault = FaultOfKind(old); !fault.empty()) {
    throw std::runtime_error("cannot write " + name.string() + ": " + fault);
  }
  if (fs::exists(old) && access(name_.c_str(), W_OK) != 0) FailToWrite(name, errno);
  RemoveLeft(name_.parent_path());
  do {
    path_ = FreeName(name_);
    removal_.Of(path_.string());
    descriptor_ = OpenLocked(path_);
  } while (descriptor_ < 0 && errno == EEXIST);
  if (descriptor_ < 0) FailToWrite(name, errno);
  if (fs::exists(old)) fs::permissions(path_, old.permissions(), error);
}

PendingFile::~PendingFile() {
  if (descriptor_ < 0) return;
  close(descriptor_);
  unlink(path_.c_str());
}

void PendingFile::Keep() {
  // It stays locked until it has its name: nobody takes it for left.
  if (fsync(descriptor_) != 0 || rename(path_.c_str(), name_.c_str()) != 0) FailToWrite(name_, errno);
  close(descriptor_);
  descriptor_ = -1;
  if (const int error = Flush(name_.parent_path()); error != 0) FailToWrite(name_, error);
}

void WriteFile(const fs::path& file, std::string_view bytes) {
  PendingFile pending(file);
  WriteAll(pending.descriptor(), bytes, file);
  pending.Keep();
}

void MakeOutputFolder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) FailToWrite(folder, error.value());
  const PendingFile probe(folder / ".elu-lab-probe");
}

}  // namespace program
