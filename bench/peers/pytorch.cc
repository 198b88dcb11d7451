// PyTorch's own kernels, called from C++ with the output given, in inference mode: no allocation, no autograd.
#include <torch/torch.h>
#include <torch/version.h>

#include "bench/contestant.h"

namespace {

torch::Tensor View(const void* data, const bench::Task& task, size_t n) {
  const auto type = task.dtype == "f32"   ? torch::kFloat32
                    : task.dtype == "f64" ? torch::kFloat64
                    : task.dtype == "f16" ? torch::kFloat16
                                          : torch::kBFloat16;
  return torch::from_blob(const_cast<void*>(data), {static_cast<int64_t>(n)}, type);
}

bench::Call Prepare(const bench::Task& task, const bench::Arrays& arrays) {
  // Calls come from this thread alone, which stays in this mode.
  static const c10::InferenceMode inference;
  const torch::Tensor x = View(arrays.x, task, arrays.n);
  torch::Tensor y = View(arrays.y, task, arrays.n);
  const auto [alpha, scale, input_scale] = task.params;
  if (task.function == "forward") {
    return {[=]() mutable { at::elu_out(y, x, alpha, scale, input_scale); }};
  }
  if (task.function == "derivative") return {};
  const torch::Tensor dy = View(arrays.dy, task, arrays.n);
  const bool from_output = task.function == "backward_from_output";
  return {[=]() mutable { at::elu_backward_out(y, dy, alpha, scale, input_scale, from_output, x); }};
}

bench::Call PrepareRelu(const bench::Task& task, const bench::Arrays& arrays) {
  if (task.function != "forward") return {};
  const torch::Tensor x = View(arrays.x, task, arrays.n);
  // What at::relu does; at::relu_out would make a tensor and copy it.
  return {[x, y = View(arrays.y, task, arrays.n)]() mutable { at::clamp_min_out(y, x, 0); }};
}

}  // namespace

extern "C" __attribute__((visibility("default"))) void elu_bench_add_contestants(std::vector<bench::Contestant>* list) {
  torch::set_num_threads(1);
  list->push_back({"PyTorch", TORCH_VERSION, Prepare});
  list->push_back({"PyTorch ReLU", TORCH_VERSION, PrepareRelu, "", false, false});
}
