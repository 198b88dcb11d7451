// The reader of images: pixels, or a reason.
#include "lab/files/image_file.h"

#include <stdexcept>

#include "tests/fuzz/fuzzing.h"
#include "tests/fuzz/png_checksums.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const elu::fuzz::MemoryFile file;
  file.Hold(elu::fuzz::WithPngChecksums({data, size}));
  try {
    const elu_lab::Pixels first = elu_lab::ReadImageFile(file.path()), second = elu_lab::ReadImageFile(file.path());
    elu::fuzz::Require(first == second, "pixels depend on the file alone");
  } catch (const std::runtime_error& error) {
    elu::fuzz::RequireNamed(error, "");
  }
  return 0;
}
