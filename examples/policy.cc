// A robot's policy, linear layers with ELU between them, read from safetensors and run without a framework.
//
//     cmake --build build --target policy    (once `make demo` has made build and .venv)
//     .venv/bin/python examples/python/save_policy.py policy.safetensors
//     build/bin/policy policy.safetensors [calls]
//
// The tensors are those of torch.nn.Sequential(Linear, ELU, Linear, ELU, ..., Linear): 0.weight (outputs x inputs),
// 0.bias, 2.weight, and so on, all F32. Prints the actions for the observation sin(0), sin(1), ..., and how long
// calls take.
#include <elu/elu.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

using Floats = std::vector<float>;

struct Linear {
  Floats weight, bias;  // weight transposed, inputs x outputs, so that the loop over outputs runs in vectors
  Floats y;             // the outputs of the last call: a call allocates nothing
};

// The numbers of a tensor with these sides; std::runtime_error or nlohmann's exception where the file has none such.
Floats Read(const nlohmann::json& header, const std::string& data, const std::string& name, std::size_t rows,
            std::size_t columns) {
  const nlohmann::json& entry = header.at(name);
  const auto [begin, end] = entry.at("data_offsets").get<std::pair<std::size_t, std::size_t>>();
  Floats values(rows > 0 && columns > 0 && columns <= data.size() / rows / 4 ? rows * columns : 0);
  if (entry.at("dtype") != "F32" || end > data.size() || begin > end || end - begin != 4 * values.size() ||
      values.empty()) {
    throw std::runtime_error(name + " does not fit the network or the file");
  }
  std::memcpy(values.data(), data.data() + begin, end - begin);
  return values;
}

std::vector<Linear> ReadNetwork(const char* path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  std::uint64_t length = 0;  // of the header: little-endian, as this machine is taken to be
  if (bytes.size() >= 8) std::memcpy(&length, bytes.data(), 8);
  if (length == 0 || length > bytes.size() - 8) throw std::runtime_error("is no safetensors file");
  const nlohmann::json header = nlohmann::json::parse(bytes.substr(8, length));
  const std::string data = bytes.substr(8 + length);
  std::vector<Linear> layers;
  for (std::string i = "0"; header.contains(i + ".weight"); i = std::to_string(2 * layers.size())) {
    const auto [outputs, inputs] = header[i + ".weight"].at("shape").get<std::pair<std::size_t, std::size_t>>();
    const Floats weight = Read(header, data, i + ".weight", outputs, inputs);
    layers.push_back({weight, Read(header, data, i + ".bias", outputs, 1), Floats(outputs)});
    for (std::size_t k = 0; k < weight.size(); ++k) layers.back().weight[k % inputs * outputs + k / inputs] = weight[k];
    if (layers.size() > 1 && inputs != layers.end()[-2].y.size()) throw std::runtime_error(i + ".weight does not fit");
  }
  if (layers.empty()) throw std::runtime_error("has no tensor 0.weight");
  return layers;
}

const Floats& Run(std::vector<Linear>& layers, const Floats& observation) {
  const Floats* x = &observation;
  for (Linear& layer : layers) {
    layer.y = layer.bias;
    const float* weight = layer.weight.data();
    for (const float value : *x) {
      for (float& y : layer.y) y += *weight++ * value;
    }
    if (&layer != &layers.back()) elu::forward(layer.y, layer.y);
    x = &layer.y;
  }
  return *x;
}

void Report(std::vector<Linear> layers, std::size_t calls) {
  Floats observation(layers[0].weight.size() / layers[0].y.size());
  for (std::size_t i = 0; i < observation.size(); ++i) observation[i] = std::sin(static_cast<float>(i));
  std::printf("network %zu", observation.size());
  for (const Linear& layer : layers) std::printf("-%zu", layer.y.size());
  std::printf("\nactions");
  for (const float action : Run(layers, observation)) std::printf(" %.6g", static_cast<double>(action));
  std::vector<double> times(calls);
  for (double& time : times) {
    const auto start = std::chrono::steady_clock::now();
    Run(layers, observation);
    time = std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
  }
  std::sort(times.begin(), times.end());
  std::printf("\n%zu calls: median %.1f us, 99.99 %% within %.1f us\n", calls, times[calls / 2],
              times[calls - 1 - calls / 10000]);
}

int main(int count, char** words) {
  const unsigned long calls = count == 3 ? std::strtoul(words[2], nullptr, 10) : 20000;
  if (count < 2 || count > 3 || calls == 0 || calls > 100'000'000) {
    std::fprintf(stderr, "usage: policy FILE.safetensors [calls, 20000 unless given]\n");
    return 2;
  }
  try {
    Report(ReadNetwork(words[1]), calls);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "policy: %s: %s\n", words[1], error.what());
    return 1;
  }
}
