/// Elu: ELU as a layer of a network written without a framework. Included by elu.hpp.
#ifndef ELU_LAYER_HPP_
#define ELU_LAYER_HPP_

#include <span>
#include <stdexcept>

#include "elu/elu.hpp"

namespace elu {

/// A layer that keeps what its backward pass needs, as a view of the caller's array: nothing is copied or allocated,
/// and that array must live and stay as it is until backward() has run. T is float, double, float16 or bfloat16.
///
///     elu::Elu layer({.alpha = 0.5});  // of float; elu::Elu<double> and so on for others
///     layer.forward(x, y);      // keeps x; or, in place, layer.forward(y): keeps y
///     layer.backward(dy, dx);   // dx = dy * f'
///
/// From the output, gradients lose accuracy near -scale * alpha (elu.h), which the memory saved in place is paid with.
template <class T = float>
class Elu {
 public:
  /// Which array backward() reads.
  enum class Kept {
    nothing,  ///< there was no forward pass
    input,    ///< x, as given to forward(x, y)
    output    ///< y, into which forward(x) has turned its array
  };

  /// Throws std::invalid_argument for parameters or an accuracy that are not admitted.
  explicit Elu(Params params = {}, Accuracy accuracy = Accuracy::accurate) : params_(params), accuracy_(accuracy) {
    elu::forward(std::span<const T>(), std::span<T>(), params_, accuracy_);  // throws what is not admitted
  }

  /// y = f(x), and x is kept. y may not be x: use the other form.
  void forward(std::span<const T> x, std::span<T> y) {
    if (!x.empty() && x.data() == y.data()) {
      throw std::invalid_argument("elu::Elu::forward: x is y and would be lost to backward; call forward(x) in place");
    }
    elu::forward(x, y, params_, accuracy_);
    Keep(Kept::input, x);
  }

  /// x becomes f(x), and that output is kept; needs scale > 0 and alpha >= 0.
  void forward(std::span<T> x) {
    elu::derivative_from_output(std::span<const T>(), std::span<T>(), params_);  // throws before anything is written
    elu::forward(x, x, params_, accuracy_);
    Keep(Kept::output, x);
  }

  /// dx = dy * f' for the arrays of the last forward pass. dx may be dy.
  void backward(std::span<const T> dy, std::span<T> dx) const {
    switch (kept_) {
      case Kept::nothing: throw std::invalid_argument("elu::Elu::backward: there was no forward pass");
      case Kept::input: return elu::backward(dy, view_, dx, params_, accuracy_);
      case Kept::output: return elu::backward_from_output(dy, view_, dx, params_);
    }
  }

  Kept kept() const { return kept_; }                ///< which array backward() will read
  std::span<const T> view() const { return view_; }  ///< that array
  const Params& params() const { return params_; }   ///< those of the constructor

 private:
  void Keep(Kept kept, std::span<const T> view) {
    kept_ = kept;
    view_ = view;
  }

  Params params_;
  Accuracy accuracy_;
  Kept kept_ = Kept::nothing;
  std::span<const T> view_;
};

}  // namespace elu

#endif  // ELU_LAYER_HPP_
