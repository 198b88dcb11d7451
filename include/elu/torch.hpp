/// The drop-in for PyTorch and libtorch: one line, and existing programs run on elu's kernels.
///
///     elu::torch::enable();
///
/// From then on torch::nn::ELU, SELU and CELU, their functional and in-place forms, at::elu and all gradients compute
/// CPU tensors of float32, float64, float16 and bfloat16 here, whatever their layout, correctly rounded (float64 within
/// 0.52 ulp), or with Accuracy::fast as elu.h says of it. Every other tensor, parameters that elu_params does not
/// admit, and every call after disable() go to PyTorch's own kernel. Shapes, strides, resizing and errors are
/// PyTorch's. Calls use PyTorch's thread pool. Nothing is printed.
///
/// Where the results differ from PyTorch's by more than rounding:
/// - the gradient of NaN is NaN, for every element and length
/// - the gradient from an output below -scale * alpha, which no x gives, is 0; PyTorch's is negative
/// - the gradient of CELU takes 1 / alpha, where PyTorch rounds alpha to float first. An input_scale of exactly
///   1 / float(alpha), with scale 1, is taken for CELU's, one given by hand too: the calls are the same.
///
/// What does not arrive here, and is not counted: what torch.compile's Inductor compiles, and frozen TorchScript traces
/// that oneDNN fuses (torch.jit.enable_onednn_fusion).
///
/// The library also registers operators, for C++, Python (torch.ops.load_library) and TorchScript, with the drop-in on
/// or off. Each has gradients of all orders, in reverse and in forward mode, and goes through torch.func, compiled
/// autograd and torch.compile, which takes at::elu apart, as a whole:
///
///     elu::elu(Tensor self, float alpha=1., float scale=1., float input_scale=1., *, str accuracy="accurate")
///     elu::plus_one(Tensor self, *, str accuracy="accurate")
///
/// each giving a Tensor, and those that their gradients are made of, elu::elu_backward and elu::elu_double_backward.
/// They compute the number types and layouts above; the result has the strides of empty_like(self). ValueError:
/// parameters or an accuracy that are not admitted, shapes that differ. TypeError: number types that differ.
/// NotImplementedError: other number types and devices; DTensor, which has no sharding for them. RuntimeError: two
/// devices, a tensor that escaped from its vmap. In a process that loads a second copy of this library the operators
/// stay those of the first.
#ifndef ELU_TORCH_HPP_
#define ELU_TORCH_HPP_

#include <cstdint>

#include "elu/types.hpp"

namespace elu::torch {

/// Switches to elu's kernels, for all threads, at any time; calling it again changes the accuracy only. The first call
/// changes PyTorch's dispatch table, which is not synchronised: make it before other threads compute. It takes the
/// place of whatever kernel is there, another extension's or another copy of this library's, which disable() does not
/// bring back: of two copies that one has the switch whose first enable() came last. Throws
/// c10::ValueError for an accuracy that does not exist, c10::Error if PyTorch refuses.
ELU_API void enable(Accuracy accuracy = Accuracy::accurate);

/// Switches back to PyTorch's own kernels, whose results are what they were before enable(). For all threads, at any
/// time; a call that has begun ends as it began.
ELU_API void disable();

ELU_API bool enabled();  ///< Whether the kernels are elu's now.

/// That of the last enable().
ELU_API Accuracy accuracy();

/// Calls of aten's elu, its out and in-place forms and their gradients while enabled, since the process started.
struct Calls {
  std::uint64_t handled;    ///< computed here
  std::uint64_t passed_on;  ///< left to PyTorch's own kernel
};

ELU_API Calls calls();  ///< Those counted so far, in all threads.

/// The version of PyTorch that this library was compiled with, such as "2.13.0": it works with no other. PyTorch's own
/// torch.__version__ may append a build, such as "+cpu".
ELU_API const char* torch_version();

}  // namespace elu::torch

#endif  // ELU_TORCH_HPP_
