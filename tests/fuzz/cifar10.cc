// The reader of CIFAR-10's files. An input is three bytes, which choose what is asked for and the files' size, and how
// the files begin; zeros follow.
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "lab/files/cifar10_records.h"
#include "tests/fuzz/fuzzing.h"
#include "tests/lab/support/folder.h"

namespace elu::fuzz {
namespace {

constexpr auto kRecord = static_cast<std::size_t>(elu_lab::kCifar10Record);
constexpr std::size_t kOfficialSize = 10'000 * kRecord;

// A folder with one file under both names of which so few records are asked.
class Cifar10Folder {
 public:
  Cifar10Folder() {
    for (const char* name : {"test_batch.bin", "data_batch_1.bin"}) {
      std::filesystem::create_symlink(file_.path(), folder_.Path() / name);
    }
  }
  const std::filesystem::path& path() const { return folder_.Path(); }
  const MemoryFile& file() const { return file_; }

 private:
  MemoryFile file_;
  elu_lab::Folder folder_;
};

void CheckRecords(const std::vector<std::uint8_t>& records, std::int64_t count, Bytes beginning) {
  Require(records.size() == static_cast<std::size_t>(count) * kRecord, "as many records as were asked for");
  const std::size_t compared = std::min(records.size(), beginning.size());
  Require(std::ranges::equal(Bytes(records).first(compared), beginning.first(compared)), "records are the file's");
  for (std::size_t i = 0; i < records.size(); i += kRecord) Require(records[i] <= 9, "a label is 0 to 9");
}

}  // namespace
}  // namespace elu::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace elu::fuzz;
  static const Cifar10Folder folder;
  if (size < 3) return 0;
  const bool test = (data[0] & 1) != 0, other_size = (data[0] & 2) != 0;
  const std::int64_t count = data[1];
  const Bytes beginning(data + 3, size - 3);
  folder.file().Hold(beginning, other_size ? beginning.size() + data[2] : kOfficialSize);
  try {
    CheckRecords(elu_lab::ReadCifar10Records(folder.path(), test, count), count, beginning);
    Require(!other_size || count == 0, "files of another size are refused");
  } catch (const std::runtime_error& error) {
    RequireNamed(error, folder.path().string());
  }
  return 0;
}
