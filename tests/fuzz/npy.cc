// The reader of .npy files, and `elu eval` on them: refused in a line that names the file, or results for all of it.
#include "npy.h"

#include <stdexcept>

#include "eval_npy.h"
#include "fuzzing.h"

namespace elu::fuzz {
namespace {

// The bytes that the header promises, or 0 for a file that is refused.
std::uint64_t Promised(const MemoryFile& file, Bytes bytes) try {
  const cli::NpyHeader header = cli::ReadNpyHeader(cli::ArrayInput(file.path()));
  Require(Text(bytes).starts_with(header.bytes),
          "a header is the beginning of its file");
  Require(header.count == 0 ? header.size == 0 : header.size % header.count == 0, "all numbers are of one size");
  return header.bytes.size() + header.size;
} catch (const std::runtime_error& error) {
  RequireNamed(error, file.path());
  return 0;
}

void Evaluate(const MemoryFile& file, Bytes bytes, const char* dtype, std::uint64_t promised) try {
  cli::EvaluateNpy({file.path(), "/dev/null", dtype, &FindFunction("forward"), {}, ELU_ACCURATE, 1});
  Require(bytes.size() == promised, "the file has the size that its header promises");
} catch (const std::runtime_error& error) {
  RequireNamed(error, file.path());
}

}  // namespace
}  // namespace elu::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const elu::fuzz::MemoryFile file;
  const elu::fuzz::Bytes bytes(data, size);
  file.Hold(bytes);
  const std::uint64_t promised = elu::fuzz::Promised(file, bytes);
  for (const char* dtype : {"", "bf16"}) elu::fuzz::Evaluate(file, bytes, dtype, promised);
  return 0;
}
