// elu's kernels and PyTorch's own in one run: medians of nanoseconds an element, their ratio, one thread; elu's accurate
// mode beside the fast one, and at a scale that makes ties; the largest error of each over every 1009th float, against
// double arithmetic.
//   torch_bench [elements]
#include <elu/elu.hpp>
#include <elu/torch.hpp>
#include <torch/torch.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <span>
#include <vector>

namespace {

constexpr int kRounds = 201;

double Seconds(const std::function<void()>& call) {
  const auto start = std::chrono::steady_clock::now();
  call();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double Median(std::vector<double>& values) {
  std::ranges::nth_element(values, values.begin() + kRounds / 2);
  return values[kRounds / 2];
}

// Every 1009th finite float.
torch::Tensor StridedFloats() {
  std::vector<float> x;
  for (uint64_t bits = 0; bits < uint64_t{1} << 32; bits += 1009) {
    const float value = std::bit_cast<float>(static_cast<uint32_t>(bits));
    if (std::isfinite(value)) x.push_back(value);
  }
  return torch::tensor(x);
}

// The largest |y - f(x)| in units in the last place of f(x) rounded to float.
double LargestError(const torch::Tensor& x, const torch::Tensor& y, double alpha, double scale) {
  const auto from = x.accessor<float, 1>(), to = y.accessor<float, 1>();
  double worst = 0;
  for (int64_t i = 0; i < x.numel(); ++i) {
    const auto z = static_cast<double>(from[i]);
    const double exact = z > 0 ? scale * z : scale * alpha * std::expm1(z);
    const float rounded = std::fabs(static_cast<float>(exact));
    if (std::isinf(rounded)) continue;
    const double ulp = std::max(0x1p-149, std::ldexp(1.0, std::ilogb(rounded) - 23));
    worst = std::max(worst, std::fabs(static_cast<double>(to[i]) - exact) / ulp);
  }
  return worst;
}

void CompareErrors(const char* name, const torch::Tensor& x, double alpha, double scale) {
  elu::torch::enable();
  const double ours = LargestError(x, at::elu(x, alpha, scale), alpha, scale);
  elu::torch::disable();
  const double theirs = LargestError(x, at::elu(x, alpha, scale), alpha, scale);
  std::printf("%-34s %9.3f %9.3f\n", name, ours, theirs);
}

// The two take turns, so that a busy machine slows both.
void Compare(const char* name, int64_t n, const std::function<void()>& first, const std::function<void()>& second) {
  std::vector<double> firsts, seconds;
  for (int round = 0; round < kRounds; ++round) {
    firsts.push_back(Seconds(first));
    seconds.push_back(Seconds(second));
  }
  const double scale = 1e9 / static_cast<double>(n), a = Median(firsts) * scale, b = Median(seconds) * scale;
  std::printf("%-34s %9.3f %9.3f %7.2f x\n", name, a, b, a / b);
}

// A call with elu's kernels in place of PyTorch's, and without. The switch is an atomic store.
void CompareDropIn(const char* name, int64_t n, const std::function<void()>& call) {
  const auto switched = [&call](void (*turn)()) {
    return [&call, turn] {
      turn();
      call();
    };
  };
  Compare(name, n, switched(elu::torch::enable), switched(elu::torch::disable));
}

// What the rounding test costs, what floats gain over doubles, and what products that are ties cost.
void CompareAccuracies(const torch::Tensor& x, torch::Tensor& y, int64_t n) {
  const std::span<const float> in(x.const_data_ptr<float>(), static_cast<size_t>(n));
  const std::span<float> out(y.mutable_data_ptr<float>(), static_cast<size_t>(n));
  using elu::Accuracy;
  Compare("forward", n, [&] { elu::forward(in, out); }, [&] { elu::forward(in, out, {}, Accuracy::fast); });
  Compare("derivative", n, [&] { elu::derivative(in, out); }, [&] { elu::derivative(in, out, {}, Accuracy::fast); });
  std::printf("ns an element                      scale 1.5   scale 1     ratio\n");
  Compare("forward", n, [&] { elu::forward(in, out, {1, 1.5, 1}); }, [&] { elu::forward(in, out); });
}

}  // namespace

int main(int argc, char** argv) {
  const int64_t n = argc > 1 ? std::atoll(argv[1]) : 262'144;
  if (n <= 0) {
    std::fputs("torch_bench: the number of elements must be positive\n", stderr);
    return 2;
  }
  torch::set_num_threads(1);
  const torch::NoGradGuard no_grad;
  torch::manual_seed(0);
  const torch::Tensor x = torch::randn({n}), dy = torch::randn({n});
  torch::Tensor y = torch::empty_like(x);
  const torch::Tensor forward = at::elu(x);
  std::printf("%lld elements of N(0,1), target %s\n", static_cast<long long>(n), elu_target());
  std::printf("ns an element                            elu   PyTorch     ratio\n");
  CompareDropIn("forward, alpha 1", n, [&] { at::elu_out(y, x); });
  CompareDropIn("forward, alpha 0.7", n, [&] { at::elu_out(y, x, 0.7); });
  CompareDropIn("backward from the input", n, [&] { at::elu_backward_out(y, dy, 1, 1, 1, false, x); });
  CompareDropIn("backward from the output", n, [&] { at::elu_backward_out(y, dy, 1, 1, 1, true, forward); });
  std::printf("ns an element                       accurate      fast     ratio\n");
  CompareAccuracies(x, y, n);
  std::printf("largest error of forward, ulp\n");
  const torch::Tensor strided = StridedFloats();
  CompareErrors("alpha 1", strided, 1, 1);
  CompareErrors("alpha 0.1", strided, 0.1, 1);
  CompareErrors("SELU", strided, elu::selu().alpha, elu::selu().scale);
  return 0;
}
