#include "lab/files/class_folders.h"

#include <algorithm>
#include <stdexcept>

#include "lab/files/image_file.h"

namespace elu_lab {
namespace {

namespace fs = std::filesystem;

constexpr size_t kFold = 5;  // of so many images the last is for the test

// What the folder holds, in the order of names.
std::vector<fs::path> List(const fs::path& folder, bool folders_only) {
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const bool hidden = entry.path().filename().string().starts_with('.');
    if (!hidden && (!folders_only || entry.is_directory())) entries.push_back(entry.path());
  }
  std::ranges::sort(entries);
  return entries;
}

std::vector<std::string> ClassesOf(const fs::path& folder) {
  std::vector<std::string> names;
  for (const fs::path& path : List(folder, true)) names.push_back(path.filename().string());
  if (names.size() < 2) {
    throw std::runtime_error(folder.string() + ": holds neither CIFAR-10's binary files nor two or more class folders");
  }
  return names;
}

// Images as they come in, and what is wrong with others.
class Reader {
 public:
  using Images = ClassFolders::Images;

  void ReadClass(const fs::path& folder, size_t label, Images& images) {
    const std::vector<fs::path> files = List(folder, false);
    if (files.empty()) Complain(folder.string() + " holds no image");
    for (const fs::path& file : files) Read(file, label, images);
  }

  // Training images are not read where there is no `train` for them.
  void SplitClass(const fs::path& folder, size_t label, Images* train, Images& test) {
    const std::vector<fs::path> files = List(folder, false);
    if (files.empty()) return Complain(folder.string() + " holds no image");
    if (files.size() < kFold) return Complain(folder.string() + " holds fewer than five images: none for the test");
    for (size_t i = 0; i < files.size(); ++i) {
      Images* images = i % kFold == kFold - 1 ? &test : train;
      if (images != nullptr) Read(files[i], label, *images);
    }
  }

  // Names the first complaints: one line stays readable.
  void ThrowIfAny(const fs::path& folder) const {
    if (complaints_.empty()) return;
    constexpr size_t kNamed = 20;
    std::string text = folder.string() + ": " + std::to_string(good_) + " images are good, but";
    for (size_t i = 0; i < std::min(kNamed, complaints_.size()); ++i) text += (i == 0 ? " " : "; ") + complaints_[i];
    if (complaints_.size() > kNamed) text += "; and " + std::to_string(complaints_.size() - kNamed) + " more";
    throw std::runtime_error(text);
  }

 private:
  void Read(const fs::path& file, size_t label, Images& images) {
    try {
      const Pixels pixels = ReadImageFile(file);
      images.pixels.insert(images.pixels.end(), pixels.begin(), pixels.end());
      images.labels.push_back(static_cast<int64_t>(label));
      ++good_;
    } catch (const std::runtime_error& error) {
      Complain(file.string() + " " + error.what());
    }
  }

  void Complain(const std::string& what) { complaints_.push_back(what); }

  size_t good_ = 0;
  std::vector<std::string> complaints_;
};

}  // namespace

ClassFolders ReadClassFolders(const fs::path& folder, Part part) try {
  const bool split = !(fs::is_directory(folder / "train") && fs::is_directory(folder / "test"));
  ClassFolders read{ClassesOf(split ? folder : folder / "test"), {}, {}};
  if (!split && part == Part::kBoth && ClassesOf(folder / "train") != read.classes) {
    throw std::runtime_error(folder.string() + ": train and test hold different classes");
  }
  Reader reader;
  for (size_t label = 0; label < read.classes.size(); ++label) {
    const std::string& name = read.classes[label];
    if (!split) {
      if (part == Part::kBoth) reader.ReadClass(folder / "train" / name, label, read.train);
      reader.ReadClass(folder / "test" / name, label, read.test);
    } else if (part == Part::kAllAsTest) {
      reader.ReadClass(folder / name, label, read.test);
    } else {
      reader.SplitClass(folder / name, label, part == Part::kBoth ? &read.train : nullptr, read.test);
    }
  }
  reader.ThrowIfAny(folder);
  return read;
} catch (const fs::filesystem_error& error) {
  throw std::runtime_error(error.path1().string() + ": " + error.code().message());
}

}  // namespace elu_lab
