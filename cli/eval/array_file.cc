#include "cli/eval/array_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "program/wrong_use.h"

namespace elu::cli {
namespace {

bool IsStandard(const std::filesystem::path& name) { return name == "-"; }

[[noreturn]] void FailToRead(const std::string& name, int error) {
  throw std::runtime_error("cannot read " + name + ": " + std::strerror(error));
}

}  // namespace

ArrayInput::ArrayInput(const std::filesystem::path& name) : name_(IsStandard(name) ? "standard input" : name.string()) {
  if (!IsStandard(name)) descriptor_ = open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) FailToRead(name_, errno);
  struct stat status = {};
  if (fstat(descriptor_, &status) != 0) FailToRead(name_, errno);
  if (S_ISDIR(status.st_mode)) FailToRead(name_, EISDIR);
  // Standard input may stand anywhere in its file.
  if (S_ISREG(status.st_mode) && !IsStandard(name)) size_ = static_cast<std::uint64_t>(status.st_size);
}

ArrayInput::~ArrayInput() {
  if (descriptor_ > STDERR_FILENO) close(descriptor_);
}

std::size_t ArrayInput::Read(std::span<std::byte> bytes, std::uint64_t position) const {
  std::size_t done = 0;
  while (done < bytes.size()) {
    std::byte* const to = bytes.data() + done;
    const std::size_t left = bytes.size() - done;
    const ssize_t got =
        size_ ? pread(descriptor_, to, left, static_cast<off_t>(position + done)) : read(descriptor_, to, left);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) FailToRead(name_, errno);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

ArrayOutput::ArrayOutput(const char* option, const std::filesystem::path& name)
    : name_(IsStandard(name) ? "standard output" : name.string()) {
  if (IsStandard(name)) {
    if (isatty(STDOUT_FILENO) == 1) throw program::WrongUse(std::string(option) + " -: a terminal shows no arrays");
    return;
  }
  std::error_code error;
  const auto status = std::filesystem::status(name, error);
  const bool device = std::filesystem::is_character_file(status) || std::filesystem::is_fifo(status);
  if (!device && name.extension() != ".npy") {
    throw program::WrongUse(std::string(option) + " " + name.string() + ": the name must end in .npy");
  }
  if (!device) program::RefuseUnlessFile(option, name);
  descriptor_ = device ? open(name.c_str(), O_WRONLY | O_CLOEXEC) : file_.emplace(name).descriptor();
  if (descriptor_ < 0) program::FailToWrite(name_, errno);
}

ArrayOutput::~ArrayOutput() {
  if (!file_ && descriptor_ > STDERR_FILENO) close(descriptor_);
}

void ArrayOutput::Write(std::span<const std::byte> bytes, std::uint64_t position) const {
  for (std::size_t done = 0; done < bytes.size();) {
    const std::byte* const from = bytes.data() + done;
    const std::size_t left = bytes.size() - done;
    const ssize_t put =
        file_ ? pwrite(descriptor_, from, left, static_cast<off_t>(position + done)) : write(descriptor_, from, left);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) program::FailToWrite(name_, errno);
    done += static_cast<std::size_t>(put);
  }
}

void ArrayOutput::Keep() {
  if (file_) file_->Keep();
}

}  // namespace elu::cli
