#include "lab/measure/initialisation.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "elu/elu.hpp"
#include "elu/statistics.hpp"
#include "lab/network/activation.h"
#include "lab/network/convnet.h"

namespace elu_lab {
namespace {

// An activation with one of its gains, and the curve that it will have.
struct Subject {
  Activation activation;
  VarianceCurve curve;
};

std::vector<Subject> Subjects() {
  std::vector<Subject> subjects;
  const auto add = [&subjects](const Activation& activation, const char* name, double gain) {
    subjects.push_back({activation, {activation.name, activation.label, name, gain, {}}});
  };
  const auto add_both = [&add](const Activation& activation, const elu::Params& params) {
    add(activation, "He", std::numbers::sqrt2);
    add(activation, "statistics.hpp", elu::initialisation_gain(params));
  };
  add(FindActivation("relu"), "He", std::numbers::sqrt2);
  add(FindActivation("leaky_relu"), "He", std::numbers::sqrt2);
  for (const double alpha : {0.5, 1.0, 2.0}) add_both(FindActivation("elu", alpha), {.alpha = alpha});
  add_both(FindActivation("selu"), elu::selu());
  return subjects;
}

double Variance(const torch::Tensor& z) { return z.to(torch::kFloat64).var(/*unbiased=*/false).item<double>(); }

std::vector<VarianceCurve> Curves(std::vector<Subject> subjects) {
  std::vector<VarianceCurve> curves;
  for (Subject& subject : subjects) curves.push_back(std::move(subject.curve));
  return curves;
}

// Adds to each curve what one seed gives, divided by the number of seeds.
void RunStack(const LinearStack& stack, uint64_t seed, std::vector<Subject>& subjects,
              const std::function<bool()>& stop) {
  at::Generator generator = at::detail::createCPUGenerator(seed);
  const torch::Tensor x = torch::randn({stack.inputs, stack.width}, generator);
  std::vector<torch::Tensor> signals(subjects.size(), x);
  for (int64_t layer = 0; layer < stack.layers && !(stop && stop()); ++layer) {
    const torch::Tensor weights = torch::randn({stack.width, stack.width}, generator);
    for (size_t i = 0; i < subjects.size(); ++i) {
      VarianceCurve& curve = subjects[i].curve;
      const torch::Tensor z = signals[i].matmul(weights).mul_(curve.gain / std::sqrt(static_cast<double>(stack.width)));
      curve.variance[static_cast<size_t>(layer)] += Variance(z) / static_cast<double>(stack.seeds);
      signals[i] = subjects[i].activation.make().forward(z);
    }
  }
}

// The network's weights are He's.
void ScaleWeights(ConvNet& network, double gain) {
  for (auto& parameter : network->parameters()) {
    if (parameter.dim() >= 2) parameter.mul_(gain / std::numbers::sqrt2);
  }
}

}  // namespace

std::vector<VarianceCurve> VarianceInStack(const LinearStack& stack, const std::function<bool()>& stop) {
  const torch::NoGradGuard no_grad;
  std::vector<Subject> subjects = Subjects();
  for (Subject& subject : subjects) subject.curve.variance.resize(static_cast<size_t>(stack.layers));
  for (int64_t seed = 0; seed < stack.seeds; ++seed) RunStack(stack, static_cast<uint64_t>(seed), subjects, stop);
  return Curves(std::move(subjects));
}

std::vector<VarianceCurve> VarianceInConvNet(const Images& images, int64_t classes, const std::function<bool()>& stop) {
  const torch::NoGradGuard no_grad;
  std::vector<Subject> subjects = Subjects();
  const int64_t count = std::min(kInitialisationImages, images.labels.size(0));
  for (auto& [activation, curve] : subjects) {
    if (stop && stop()) break;
    ConvNet network = MakeNetwork(activation, 0, classes, /*batch_norm=*/false);
    network->eval();
    ScaleWeights(network, curve.gain);
    std::vector<double>& variance = curve.variance;
    const Observer observer{[&variance](size_t, const torch::Tensor& z) { variance.push_back(Variance(z)); }, {}};
    const torch::Tensor logits = network->ForwardObserved(Normalise(images.pixels.slice(0, 0, count)), observer);
    variance.push_back(Variance(logits));
  }
  return Curves(std::move(subjects));
}

Initialisation StudyInitialisation(const Images& images, int64_t classes, const LinearStack& stack,
                                   const std::function<bool()>& stop) {
  return {stack, VarianceInStack(stack, stop), std::min(kInitialisationImages, images.labels.size(0)),
          VarianceInConvNet(images, classes, stop)};
}

}  // namespace elu_lab
