#include "pending_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <iterator>
#include <stdexcept>
#include <string>

#include "commands.h"

namespace elu::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kEnding[] = {SIGHUP, SIGINT, SIGTERM};
void (*before[std::size(kEnding)])(int);
void (*before_size_limit)(int);
std::string pending;  // what a signal removes

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

// A name in the same folder that no killed program has left there. It is short: the file's own may be as long as any.
fs::path FreeName(const fs::path& name) {
  std::error_code error;
  for (int number = 0;; ++number) {
    const fs::path path =
        name.parent_path() / (".elu-" + std::to_string(getpid()) + "-" + std::to_string(number) + ".part");
    if (!fs::exists(fs::symlink_status(path, error))) return path;
  }
}

void RemoveAndEnd(int signal) {
  unlink(pending.c_str());
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void CatchSignals(const fs::path& path) {
  pending = path.string();
  for (std::size_t i = 0; i < std::size(kEnding); ++i) {
    before[i] = std::signal(kEnding[i], RemoveAndEnd);
    if (before[i] == SIG_IGN) std::signal(kEnding[i], SIG_IGN);  // as nohup has it
  }
  before_size_limit = std::signal(SIGXFSZ, SIG_IGN);
}

void ReleaseSignals() {
  for (std::size_t i = 0; i < std::size(kEnding); ++i) std::signal(kEnding[i], before[i]);
  std::signal(SIGXFSZ, before_size_limit);
}

}  // namespace

void FailToWrite(const fs::path& name, int error) {
  throw std::runtime_error("cannot write " + name.string() + ": " + std::strerror(error));
}

PendingFile::PendingFile(const char* option, const fs::path& name) : name_(Followed(name)) {  // the link stays
  std::error_code error;
  const fs::file_status old = fs::status(name_, error);
  if (fs::is_directory(old)) throw WrongUse(option + (" " + name.string()) + ": is a folder");
  if (fs::exists(old) && !fs::is_regular_file(old)) throw WrongUse(option + (" " + name.string()) + ": is no file");
  if (fs::exists(old) && access(name_.c_str(), W_OK) != 0) FailToWrite(name, errno);
  path_ = FreeName(name_);
  CatchSignals(path_);
  descriptor_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor_ < 0) {
    const int reason = errno;
    ReleaseSignals();
    FailToWrite(name, reason);
  }
  if (fs::exists(old)) fs::permissions(path_, old.permissions(), error);
}

PendingFile::~PendingFile() {
  if (descriptor_ >= 0) {
    close(descriptor_);
    unlink(path_.c_str());
  }
  ReleaseSignals();
}

void PendingFile::Keep() {
  if (fsync(descriptor_) != 0) FailToWrite(name_, errno);
  if (close(descriptor_) != 0 || rename(path_.c_str(), name_.c_str()) != 0) {
    const int error = errno;
    unlink(path_.c_str());
    descriptor_ = -1;
    FailToWrite(name_, error);
  }
  descriptor_ = -1;
}

}  // namespace elu::cli
