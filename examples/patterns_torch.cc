// The same three ways with libtorch, unchanged but for one line: enable().
#include <elu/torch.hpp>
#include <torch/torch.h>

#include <cstdio>

namespace {

void Print(const char* name, const torch::Tensor& values) {
  std::printf("%-11s", name);
  for (int64_t i = 0; i < values.numel(); ++i) std::printf(" %7.4f", values[i].item<double>());
  std::printf("\n");
}

}  // namespace

int main() {
  elu::torch::enable();

  const torch::Tensor x = torch::tensor({-2.0F, -1.0F, 0.0F, 1.0F, 2.0F});
  Print("input", x);

  Print("functional", torch::nn::functional::elu(x));

  torch::nn::ELU layer(torch::nn::ELUOptions().alpha(1.0));
  Print("module", layer->forward(x));

  torch::Tensor z = x.clone();
  torch::nn::functional::elu(z, torch::nn::functional::ELUFuncOptions().inplace(true));
  Print("in place", z);
}
