// The reader of folders of images. An input is a byte that chooses the part asked for, then files: a byte for a place,
// a byte for a length, so many bytes; with the length 0 a good image, with 255 a folder.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "lab/files/class_folders.h"
#include "lab/files/image_file.h"
#include "tests/fuzz/fuzzing.h"
#include "tests/fuzz/png_checksums.h"
#include "tests/lab/support/folder.h"

namespace elu::fuzz {
namespace {

namespace fs = std::filesystem;

// One white pixel.
// clang-format off
constexpr std::uint8_t kGoodImage[] = {
    0x89, 'P', 'N',  'G',  '\r', '\n', 0x1a, '\n', 0, 0, 0, 13,  'I',  'H',  'D',  'R',  0,    0,    0, 1, 0, 0, 0,
    1,    8,   0,    0,    0,    0,    0,    0,    0, 0, 0, 0,   0,    10,   'I',  'D',  'A',  'T',  0x78, 0x9c, 0x63,
    0xf8, 0x0f, 0,   1,    1,    1,    0,    0,    0, 0, 0, 0,   0,    0,    0,    'I',  'E',  'N',  'D',
    0,    0,   0,    0};
// clang-format on
constexpr std::array kPlaces = {"a", "b", "train/a", "train/b", "test/a", "test/b", "test/c", ".c"};

class Files {
 public:
  explicit Files(Bytes input) : left_(input) {}

  std::uint8_t Byte() {
    const std::uint8_t byte = left_.empty() ? 0 : left_.front();
    left_ = left_.subspan(std::min<std::size_t>(1, left_.size()));
    return byte;
  }

  void WriteAll(const elu_lab::Folder& folder) {
    for (int number = 0; !left_.empty(); ++number) {
      const std::string place = kPlaces[Byte() % kPlaces.size()], name = place + "/" + std::to_string(number);
      const std::size_t length = Byte();
      fs::create_directories(folder.Path() / (length == 255 ? name : place));
      if (length == 255) continue;
      const Bytes bytes = length == 0 ? Bytes(kGoodImage) : left_.first(std::min(length, left_.size()));
      if (length > 0) left_ = left_.subspan(bytes.size());
      const std::vector<std::uint8_t> image = WithPngChecksums(bytes);
      folder.Write(name, Text(image));
    }
  }

 private:
  Bytes left_;
};

void CheckImages(const elu_lab::ClassFolders::Images& images, std::int64_t classes) {
  Require(images.pixels.size() == images.labels.size() * std::tuple_size_v<elu_lab::Pixels>, "a label has an image");
  for (const std::int64_t label : images.labels) Require(label >= 0 && label < classes, "a label has a class");
}

}  // namespace
}  // namespace elu::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace elu::fuzz;
  constexpr elu_lab::Part kParts[] = {elu_lab::Part::kBoth, elu_lab::Part::kTest, elu_lab::Part::kAllAsTest};
  const elu_lab::Folder folder;
  Files files({data, size});
  const elu_lab::Part part = kParts[files.Byte() % std::size(kParts)];
  files.WriteAll(folder);
  try {
    const elu_lab::ClassFolders read = elu_lab::ReadClassFolders(folder.Path(), part);
    Require(std::ranges::is_sorted(read.classes) && read.classes.size() >= 2, "two or more classes, in order");
    Require(part == elu_lab::Part::kBoth || read.train.labels.empty(), "training images come only when asked for");
    CheckImages(read.train, std::ssize(read.classes));
    CheckImages(read.test, std::ssize(read.classes));
  } catch (const std::runtime_error& error) {
    RequireNamed(error, folder.Path().string());
  }
  return 0;
}
