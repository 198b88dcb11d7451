#include "lab/command/options.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace elu_lab {
namespace {

// A range would let NaN pass.
std::string Positive(const std::string& text) {
  double value = 0;
  const bool good = CLI::detail::lexical_cast(text, value) && std::isfinite(value) && value > 0;
  return good ? "" : "must be a number above 0, not '" + text + "'";
}

// What every function of the library takes, with input_scale 1 / alpha too.
std::string Admitted(const std::string& text) {
  double value = 0;
  const bool good = CLI::detail::lexical_cast(text, value) && value >= 0x1p-100 && value <= 0x1p100;
  return good ? "" : "must be a number from 2^-100 to 2^100, about 7.9e-31 to 1.3e+30, not '" + text + "'";
}

// Of "2/3". Nothing where it is none.
std::optional<Shard> ReadShard(const std::string& text) {
  constexpr size_t kMost = 1'000'000;
  Shard shard;
  const char *begin = text.data(), *end = begin + text.size();
  const auto number = std::from_chars(begin, end, shard.number);
  if (number.ec != std::errc() || number.ptr == end || *number.ptr != '/') return {};
  const auto count = std::from_chars(number.ptr + 1, end, shard.count);
  if (count.ec != std::errc() || count.ptr != end || shard.count > kMost) return {};
  return shard.number >= 1 && shard.number <= shard.count ? std::optional(shard) : std::nullopt;
}

}  // namespace

std::filesystem::path DefaultData() {
  const char* folder = std::getenv("CIFAR10_DIR");
  return folder != nullptr && *folder != '\0' ? folder : "data/cifar-10-batches-bin";
}

std::string NotEmpty(const std::string& text) { return text.empty() ? "must be a number" : ""; }

CLI::Option* AddCount(CLI::App& command, const char* name, int64_t& count, const char* help) {
  return command.add_option(name, count, help)
      ->check(CLI::Range(int64_t{1}, int64_t{1'000'000'000}))
      ->check(NotEmpty)
      ->capture_default_str();
}

void AddPositive(CLI::App& command, const char* name, double& value, const char* help) {
  command.add_option(name, value, help)->check(Positive)->capture_default_str();
}

void AddPositives(CLI::App& command, const char* name, std::vector<double>& values, const char* help) {
  command.add_option(name, values, help)->delimiter(',')->check(Positive)->capture_default_str();
}

void AddAlpha(CLI::App& command, double& alpha, const char* help) {
  command.add_option("--alpha", alpha, help)->check(Admitted)->capture_default_str();
}

void AddAlphas(CLI::App& command, std::vector<double>& alphas, const char* help) {
  command.add_option("--alpha", alphas, help)->delimiter(',')->check(Admitted)->capture_default_str();
}

bool LiesIn(const std::filesystem::path& path, const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path inner = fs::weakly_canonical(fs::absolute(path), error), outer = fs::canonical(folder, error);
  return !error && std::ranges::mismatch(outer, inner).in1 == outer.end();
}

void RefuseOutputInData(const std::filesystem::path& output, const std::filesystem::path& data) {
  if (!LiesIn(output, data)) return;
  throw CLI::ValidationError("--output", output.string() + " is in the folder of --data, whose folders are classes");
}

void AddTraining(CLI::App& command, TrainingSettings& training) {
  AddCount(command, "--epochs", training.epochs, "passes over the images");
  AddCount(command, "--batch", training.batch, "images a step");
  AddPositive(command, "--lr", training.learning_rate, "highest learning rate");
  command.add_option("--seed", training.seed, "of weights, order and dropout")
      ->check(CLI::Range(int64_t{0}, int64_t{1'000'000'000}))
      ->check(NotEmpty)
      ->capture_default_str();
}

void AddKernel(CLI::App& command, bool& elu_kernel) {
  command
      .add_option_function<std::string>(
          "--kernel", [&elu_kernel](const std::string& name) { elu_kernel = name == "elu"; },
          "ELU, SELU and CELU computed by our kernel (elu) or by PyTorch's own (pytorch)")
      ->check(CLI::IsMember({"elu", "pytorch"}))
      ->default_str("elu");
}

void AddAugment(CLI::App& command, TrainingSettings& training) {
  command.add_flag("--augment,!--no-augment", training.augment, "mirror and shift images: the default");
}

void AddShard(CLI::App& command, Shard& shard) {
  command
      .add_option_function<std::string>(
          "--shard", [&shard](const std::string& text) { shard = *ReadShard(text); },
          "I/N: train the I-th of N parts of the runs alone")
      ->check([](const std::string& text) {
        return ReadShard(text) ? "" : "must be I/N with I from 1 to N, as 1/3 and 3/3, not '" + text + "'";
      });
}

void AddThreads(CLI::App& command, int& threads) {
  command.add_option("--threads", threads, "of PyTorch; as many as it takes by itself")->check(CLI::Range(1, 1024));
}

void AddActivation(CLI::App& command, std::optional<std::string>& activation, std::optional<double>& alpha) {
  command
      .add_option_function<std::string>(
          "--activation", [&activation](const std::string& name) { activation = name; },
          "where the checkpoint does not tell; elu if nobody does")
      ->check(CLI::IsMember(ActivationNames()));
  command
      .add_option_function<double>(
          "--alpha", [&alpha](double value) { alpha = value; }, "of elu and celu; 1")
      ->check(Admitted);
}

}  // namespace elu_lab
