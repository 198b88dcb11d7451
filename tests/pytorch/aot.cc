// Runs a model that AOTInductor has compiled, without Python: aot MODEL.pt2 X.bin Y.bin [LIBRARY]
// X.bin: floats, as many as the model takes in one row; Y.bin gets its first result. LIBRARY has operators to load.
#include <ATen/ops/from_blob.h>
#include <dlfcn.h>
#include <torch/csrc/inductor/aoti_package/model_package_loader.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <vector>

int main(int count, char** words) {
  if (count > 4 && dlopen(words[4], RTLD_NOW) == nullptr) {
    std::fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  std::ifstream file(words[2], std::ios::binary);
  std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
  const auto size = static_cast<int64_t>(bytes.size() / sizeof(float));
  const at::Tensor x = at::from_blob(bytes.data(), {size}, at::kFloat);
  const at::Tensor y = torch::inductor::AOTIModelPackageLoader(words[1]).run({x}).at(0).contiguous();
  std::ofstream(words[3], std::ios::binary)
      .write(static_cast<const char*>(y.const_data_ptr()), static_cast<std::streamsize>(y.nbytes()));
}
