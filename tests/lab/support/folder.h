// A folder for one test, and the message of what it throws.
#ifndef ELU_TESTS_LAB_SUPPORT_FOLDER_H_
#define ELU_TESTS_LAB_SUPPORT_FOLDER_H_

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

namespace elu_lab {

// A folder that goes away.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "elu-lab-test.XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::filesystem::path& Path() const { return path_; }

  void Write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }

  // A file of the official size: these records, then black images of class 0.
  void WriteOfficial(const std::string& name, const std::string& records) const {
    Write(name, records);
    std::filesystem::resize_file(path_ / name, 30'730'000);
  }

 private:
  std::filesystem::path path_;
};

inline std::string Error(const std::function<void()>& call) {
  try {
    call();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "";
}

}  // namespace elu_lab

#endif  // ELU_TESTS_LAB_SUPPORT_FOLDER_H_
