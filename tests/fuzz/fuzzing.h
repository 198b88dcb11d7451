// What the fuzzers share: laws that must hold, and files of the bytes that libFuzzer tries.
#ifndef ELU_TESTS_FUZZ_FUZZING_H_
#define ELU_TESTS_FUZZ_FUZZING_H_

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <span>
#include <string>

namespace elu::fuzz {

using Bytes = std::span<const std::uint8_t>;

inline void Require(bool holds, const char* law) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", law);
  std::abort();
}

// The file's name in front of it is what tells the user which of many it was.
inline void RequireNamed(const std::exception& error, const std::string& name) {
  const std::string text = error.what();
  Require(text.starts_with(name) && text.size() > name.size() + 2, "a refusal names the file and the reason");
}

inline std::string Text(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

// A file that lies in memory and has a name.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("fuzz", 0)) { Require(descriptor_ >= 0, "there are files in memory"); }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

  // Zeros follow the bytes up to this size.
  void Hold(Bytes bytes, std::size_t size) const {
    const bool held = ftruncate(descriptor_, 0) == 0 && ftruncate(descriptor_, static_cast<off_t>(size)) == 0 &&
                      pwrite(descriptor_, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size());
    Require(held, "a file in memory can be written");
  }
  void Hold(Bytes bytes) const { Hold(bytes, bytes.size()); }

 private:
  int descriptor_;
};

}  // namespace elu::fuzz

#endif  // ELU_TESTS_FUZZ_FUZZING_H_
