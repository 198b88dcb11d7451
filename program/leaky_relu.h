// The Leaky ReLU that both programs put beside ELU.
#ifndef ELU_PROGRAM_LEAKY_RELU_H_
#define ELU_PROGRAM_LEAKY_RELU_H_

namespace program {

// For x below 0. Source: PyTorch's default; Maas, Hannun and Ng, "Rectifier nonlinearities improve neural network
// acoustic models", 2013.
inline constexpr double kLeakySlope = 0.01;

}  // namespace program

#endif  // ELU_PROGRAM_LEAKY_RELU_H_
