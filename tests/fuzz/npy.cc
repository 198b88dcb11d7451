// The reader of .npy files, and `elu eval` on them: refused in a line that names the file, or results for all of it;
// and a stream of the same bytes ends as the file does.
#include "cli/eval/npy.h"

#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

#include "cli/eval/of_npy.h"
#include "tests/fuzz/fuzzing.h"

namespace elu::fuzz {
namespace {

// The bytes that the header promises, or 0 for a file that is refused.
std::uint64_t Promised(const MemoryFile& file, Bytes bytes) try {
  const cli::NpyHeader header = cli::ReadNpyHeader(cli::ArrayInput(file.path()));
  Require(Text(bytes).starts_with(header.bytes), "a header is the beginning of its file");
  Require(header.count == 0 ? header.size == 0 : header.size % header.count == 0, "all numbers are of one size");
  return header.bytes.size() + header.size;
} catch (const std::runtime_error& error) {
  RequireNamed(error, file.path());
  return 0;
}

// Whether there are results of an input, "-" or a file, that messages call by this name.
bool Evaluates(const std::string& input, const std::string& name, const char* dtype) try {
  cli::EvaluateNpy({input, "/dev/null", dtype, &FindFunction("forward"), {}, ELU_ACCURATE, 1});
  return true;
} catch (const std::runtime_error& error) {
  RequireNamed(error, name);
  return false;
}

// From its beginning.
void MakeStandardInput(const MemoryFile& file) {
  const int descriptor = open(file.path().c_str(), O_RDONLY | O_CLOEXEC);
  Require(dup2(descriptor, STDIN_FILENO) == STDIN_FILENO, "a file can be standard input");
  close(descriptor);
}

}  // namespace
}  // namespace elu::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const elu::fuzz::MemoryFile file;
  const elu::fuzz::Bytes bytes(data, size);
  file.Hold(bytes);
  const std::uint64_t promised = elu::fuzz::Promised(file, bytes);
  for (const char* dtype : {"", "bf16"}) {
    const bool done = elu::fuzz::Evaluates(file.path(), file.path(), dtype);
    elu::fuzz::Require(!done || bytes.size() == promised, "the file has the size that its header promises");
    elu::fuzz::MakeStandardInput(file);
    elu::fuzz::Require(elu::fuzz::Evaluates("-", "standard input", dtype) == done, "a stream ends as the file does");
  }
  return 0;
}
