// Registers the operators and their kernels with PyTorch when the library is loaded.
#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/library.h>

#include <string>
#include <string_view>
#include <vector>

#include "torch/operators.h"

namespace elu::torch {
namespace {

using at::Tensor;
using std::string_view;
using ::torch::Library;

constexpr const char* kNamespace = "elu";

Library Define() {
  Library library(Library::DEF, kNamespace, std::nullopt, __FILE__, __LINE__);
  const std::string parameters = "float alpha=1., float scale=1., float input_scale=1., ";
  for (const std::string& arguments :
       {"elu(Tensor self, " + parameters, "elu_backward(Tensor grad_output, Tensor self, " + parameters,
        "elu_double_backward(Tensor grad_grad_input, Tensor grad_output, Tensor self, " + parameters,
        std::string("plus_one(Tensor self, ")}) {
    library.def((arguments + "*, str accuracy=\"accurate\") -> Tensor").c_str(),
                {at::Tag::pt2_compliant_tag, at::Tag::pointwise});
  }
  return library;
}

// Makes `compute` the kernel of all operators for a dispatch key.
template <Tensor (*compute)(const Operation&, at::TensorList)>
Library Implement(c10::DispatchKey key) {
  Library library(Library::IMPL, kNamespace, key, __FILE__, __LINE__);
  library.impl("elu", [](const Tensor& self, double alpha, double scale, double input_scale, string_view accuracy) {
    return compute({Function::forward, {alpha, scale, input_scale}, std::string(accuracy)}, {self});
  });
  library.impl("elu_backward", [](const Tensor& grad_output, const Tensor& self, double alpha, double scale,
                                  double input_scale, string_view accuracy) {
    return compute({Function::backward, {alpha, scale, input_scale}, std::string(accuracy)}, {grad_output, self});
  });
  library.impl("elu_double_backward", [](const Tensor& grad_grad_input, const Tensor& grad_output, const Tensor& self,
                                         double alpha, double scale, double input_scale, string_view accuracy) {
    return compute({Function::double_backward, {alpha, scale, input_scale}, std::string(accuracy)},
                   {grad_grad_input, grad_output, self});
  });
  library.impl("plus_one", [](const Tensor& self, string_view accuracy) {
    return compute({Function::plus_one, {1, 1, 1}, std::string(accuracy)}, {self});
  });
  return library;
}

// Nothing where the operators are there already: in a process with two copies of this library they are the first one's.
// TORCH_LIBRARY would throw then, while the second is being loaded, which ends the process.
std::vector<Library> Register() {
  std::vector<Library> libraries;
  if (c10::Dispatcher::singleton().findSchema({"elu::elu", ""})) return libraries;
  libraries.push_back(Define());
  libraries.push_back(Implement<Compute>(c10::DispatchKey::CPU));
  libraries.push_back(Implement<Shape>(c10::DispatchKey::Meta));
  libraries.push_back(Implement<Differentiable>(c10::DispatchKey::Autograd));
  libraries.push_back(Implement<Batched>(c10::DispatchKey::FuncTorchBatched));
  return libraries;
}

const std::vector<Library> registered = Register();  // as long as this library is loaded

}  // namespace
}  // namespace elu::torch
