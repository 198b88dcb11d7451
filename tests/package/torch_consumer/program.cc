#include <elu/torch.hpp>

#include <cstdio>
#include <string>

int main() {
  elu::torch::enable();
  std::printf("%s\n", std::string(elu::torch::torch_version()).c_str());
  elu::torch::disable();
}
