// The peers in shared objects. Each is loaded apart from the others: PyTorch brings copies of XNNPACK and oneDNN along,
// and one program can hold either only where their symbols do not meet.
#include <dlfcn.h>

#include <filesystem>
#include <fstream>
#include <utility>

#include "bench/contestants.h"

namespace bench {
namespace {

// CMake leaves peer_NAME.absent, with the reason, in place of an object that it cannot build.
std::string WhyAbsent(const std::filesystem::path& stem) {
  std::string reason;
  std::getline(std::ifstream(stem.string() + ".absent"), reason);
  return reason.empty() ? "it was not built" : reason;
}

}  // namespace

void AddObjects(std::vector<Contestant>* list) {
  const auto folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  for (const auto& [name, file] : {std::pair{"PyTorch", "peer_pytorch"},
                                   {"XNNPACK", "peer_xnnpack"},
                                   {"oneDNN", "peer_onednn"},
                                   {"Eigen", "peer_eigen"}}) {
    const auto stem = folder / file;
    const std::string object = stem.string() + ".so";
    if (!std::filesystem::exists(object)) {
      list->push_back({name, "", {}, WhyAbsent(stem)});
    } else if (void* handle = dlopen(object.c_str(), RTLD_NOW | RTLD_LOCAL); handle == nullptr) {
      list->push_back({name, "", {}, dlerror()});
    } else if (void* add = dlsym(handle, kAddContestants); add == nullptr) {
      list->push_back({name, "", {}, dlerror()});
    } else {
      reinterpret_cast<AddContestants*>(add)(list);
    }
  }
}

}  // namespace bench
