#include <algorithm>
#include <stdexcept>

#include "dataset.h"
#include "image_file.h"

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
  struct Part {
    std::vector<uint8_t> pixels;
    std::vector<int64_t> labels;
  };

  void Read(const fs::path& file, size_t label, Part& part) {
    try {
      const Pixels pixels = ReadImageFile(file);
      part.pixels.insert(part.pixels.end(), pixels.begin(), pixels.end());
      part.labels.push_back(static_cast<int64_t>(label));
      ++good_;
    } catch (const std::runtime_error& error) {
      Complain(file.string() + " " + error.what());
    }
  }

  void Complain(const std::string& what) { complaints_.push_back(what); }

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
  size_t good_ = 0;
  std::vector<std::string> complaints_;
};

Images ToImages(Reader::Part& part) {
  const auto count = static_cast<int64_t>(part.labels.size());
  return {torch::from_blob(part.pixels.data(), {count, 3, kImageSide, kImageSide}, torch::kUInt8).clone(),
          torch::from_blob(part.labels.data(), {count}, torch::kInt64).clone()};
}

}  // namespace

Dataset ReadImageFolder(const fs::path& folder, bool test_only) try {
  const bool split = !(fs::is_directory(folder / "train") && fs::is_directory(folder / "test"));
  Dataset dataset{ClassesOf(split ? folder : folder / "test"), {}, {}};
  if (!split && ClassesOf(folder / "train") != dataset.classes) {
    throw std::runtime_error(folder.string() + ": train and test hold different classes");
  }
  Reader reader;
  Reader::Part train, test;
  const auto read_class = [&](const fs::path& from, size_t label, bool is_test) {
    const fs::path class_folder = from / dataset.classes[label];
    const std::vector<fs::path> files = List(class_folder, false);
    if (files.empty()) return reader.Complain(class_folder.string() + " holds no image");
    if (split && files.size() < kFold) {
      return reader.Complain(class_folder.string() + " holds fewer than five images, of which one is for the test");
    }
    for (size_t i = 0; i < files.size(); ++i) {
      const bool tests = split ? i % kFold == kFold - 1 : is_test;
      if (tests || !test_only) reader.Read(files[i], label, tests ? test : train);
    }
  };
  for (size_t label = 0; label < dataset.classes.size(); ++label) {
    if (split) read_class(folder, label, false);
    if (!split && !test_only) read_class(folder / "train", label, false);
    if (!split) read_class(folder / "test", label, true);
  }
  reader.ThrowIfAny(folder);
  dataset.train = ToImages(train);
  dataset.test = ToImages(test);
  return dataset;
} catch (const fs::filesystem_error& error) {
  throw std::runtime_error(error.path1().string() + ": " + error.code().message());
}

}  // namespace elu_lab
