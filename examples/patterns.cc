// Three ways to apply ELU without a framework: to a new array, as a layer that remembers, and in place.
#include <elu/elu.hpp>

#include <cstdio>
#include <vector>

namespace {

void Print(const char* name, const std::vector<float>& values) {
  std::printf("%-11s", name);
  for (const float value : values) std::printf(" %7.4f", static_cast<double>(value));
  std::printf("\n");
}

// A layer keeps its input, since the gradient from the input has no loss.
class EluLayer {
 public:
  explicit EluLayer(elu::Params params) : params_(params) {}

  std::vector<float> operator()(std::vector<float> x) {
    x_ = std::move(x);
    std::vector<float> y(x_.size());
    elu::forward(x_, y, params_);
    return y;
  }

  std::vector<float> Backward(std::vector<float> dy) const {
    elu::backward(dy, x_, dy, params_);  // in place
    return dy;
  }

 private:
  elu::Params params_;
  std::vector<float> x_;
};

}  // namespace

int main() {
  const std::vector<float> x = {-2, -1, 0, 1, 2};
  Print("input", x);

  std::vector<float> y(x.size());
  elu::forward(x, y);
  Print("functional", y);

  EluLayer layer({.alpha = 1.0});
  Print("module", layer(x));
  Print("gradient", layer.Backward({1, 1, 1, 1, 1}));

  std::vector<float> z = x;
  elu::forward(z, z);
  Print("in place", z);
}
