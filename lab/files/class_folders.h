// Folders of images, one for each class.
#ifndef ELU_LAB_FILES_CLASS_FOLDERS_H_
#define ELU_LAB_FILES_CLASS_FOLDERS_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace elu_lab {

enum class Part {
  kBoth,
  kTest,       // training images may be missing and are not read
  kAllAsTest,  // the same, and class folders that would be split by five are for the test as a whole
};

struct ClassFolders {
  struct Images {
    std::vector<uint8_t> pixels;  // of each image in turn, as in Pixels of image_file.h
    std::vector<int64_t> labels;
  };
  std::vector<std::string> classes;  // a label's name
  Images train, test;
};

// folder/CLASS/IMAGE, where every fifth image of a class in the order of names is for the test, or
// folder/train/CLASS/IMAGE and folder/test/CLASS/IMAGE. Images are PNG or JPEG files as ReadImageFile takes them; names
// that begin with a dot are skipped; classes and their images go in the order of their names. Throws std::runtime_error
// that counts the good images and names the others, a class without images or with fewer than five to split, a class
// that train and test do not share, fewer than two classes.
ClassFolders ReadClassFolders(const std::filesystem::path& folder, Part part = Part::kBoth);

}  // namespace elu_lab

#endif  // ELU_LAB_FILES_CLASS_FOLDERS_H_
