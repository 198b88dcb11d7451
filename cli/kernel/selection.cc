#include "cli/kernel/selection.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "cli/kernel/number.h"
#include "src/proof/with_target.h"

namespace elu::cli {
namespace {

using program::WrongUse;

constexpr const char* kParameters[] = {"--alpha", "--scale", "--input-scale", "--selu", "--celu"};

bool Wanted(const std::string& choice, const char* name) { return choice == "all" || choice == name; }

// The gradients from the output are defined for some parameters only; `all` leaves them out elsewhere.
bool Defined(const Selection& selection, const Function& function) {
  if (!function.from_output || (selection.params.scale > 0.0 && selection.params.alpha >= 0.0)) return true;
  if (selection.function == "all") return false;
  throw WrongUse(selection.function + " needs scale above 0 and alpha at least 0");
}

// Whether fast has code of its own, rather than the bits of accurate.
bool FastDiffers(const Function& function, const Dtype& dtype) {
  return dtype.kind == reference::Format::float32 && function.accuracy;
}

// A word as the options have it: "derivative-from-output" for "Derivative_From_Output", "bf16" for "BFloat16".
std::string Spelt(std::string& word) {
  std::string plain = word;
  std::ranges::transform(plain, plain.begin(), [](unsigned char c) { return c == '_' ? '-' : std::tolower(c); });
  word = DtypeOption(plain);
  return "";
}

// A number that is finite; of CELU's alpha above 0.
std::string FaultOfParameter(const std::string& text) {
  const std::string fault = FaultOfDouble(text);
  if (!fault.empty()) return fault;
  return std::isfinite(std::strtod(text.c_str(), nullptr)) ? "" : "must be a finite number, not " + text;
}

std::string FaultOfCelu(const std::string& text) {
  const std::string fault = FaultOfParameter(text);
  if (!fault.empty()) return fault;
  return std::strtod(text.c_str(), nullptr) > 0 ? "" : "alpha must be above 0, not " + text;
}

}  // namespace

WrongUse NoSuchTarget(const std::string& request) {
  std::string text = request + ": this machine has only";
  const char* separator = " ";
  for (const std::string& name : proof::AvailableTargets()) {
    text += separator + name;
    separator = ", ";
  }
  return WrongUse(text);
}

void AddChoice(CLI::App& command, const char* option, std::string& value, const char* text,
               const std::vector<std::string>& values) {
  command.add_option(option, value, text)
      ->transform(CLI::Validator([](std::string& word) { return Spelt(word); }, ""))
      ->check(CLI::IsMember(values))
      ->capture_default_str();
}

void AddParameters(CLI::App& command, Params& params) {
  const auto number = [&command](const char* option, double& value, const char* text) {
    command.add_option(option, value, text)->check(FaultOfParameter)->capture_default_str();
  };
  number("--alpha", params.alpha, "saturation level: f(-inf) = -alpha, at scale 1");
  number("--scale", params.scale, "factor of the result");
  number("--input-scale", params.input_scale, "factor of x for x <= 0");
  const auto take_selu = [&params](std::int64_t) { params = selu(); };
  const auto take_celu = [&params](double alpha) { params = celu(alpha); };
  command.add_flag_function("--selu", take_selu, "the parameters of SELU instead");
  command.add_option_function<double>("--celu", take_celu, "those of CELU with this alpha instead")
      ->check(FaultOfCelu)
      ->excludes("--selu")
      ->type_name("ALPHA");
  for (const char* option : {"--alpha", "--scale", "--input-scale"}) {
    command.get_option(option)->excludes("--selu")->excludes("--celu");
  }
}

std::string GivenParameters(const CLI::App& command) {
  for (const char* option : kParameters) {
    if (command.count(option) > 0) return option;
  }
  return "";
}

void AddThreads(CLI::App& command, unsigned& threads, const char* text) {
  command.add_option("--threads", threads, text)->check(CLI::Range(1, 1024))->capture_default_str();
}

void AddSelection(CLI::App& command, Selection& selection) {
  std::vector<std::string> names = {"all"};
  for (const Function& function : kFunctions) names.emplace_back(function.name);
  std::vector<std::string> dtypes = DtypeOptions();
  dtypes.emplace_back("all");
  AddChoice(command, "--function", selection.function, "function", names);
  AddChoice(command, "--dtype", selection.dtype, "number type", dtypes);
  AddChoice(command, "--accuracy", selection.accuracy, "accuracy", {"accurate", "fast", "all"});
  AddParameters(command, selection.params);
  for (const char* option : kParameters) {
    command.get_option(option)->each([&selection](const std::string&) { selection.own_params = true; });
  }
}

const char* AccuracyName(elu_accuracy accuracy) { return accuracy == ELU_FAST ? "fast" : "accurate"; }

std::vector<Kernel> SelectedKernels(const Selection& selection) {
  const elu_params p = detail::ToC(selection.params);
  detail::Check("parameters", elu_forward_f32(nullptr, nullptr, 0, &p, ELU_ACCURATE), selection.params);
  std::vector<Kernel> kernels;
  for (const Function& function : kFunctions) {
    if (!Wanted(selection.function, function.name) || !Defined(selection, function)) continue;
    if (selection.own_params && !function.parameters && selection.function != "all") {
      throw WrongUse("--function " + selection.function +
                     " takes no --alpha, --scale, --input-scale, --selu or --celu");
    }
    for (const std::string& option : DtypeOptions()) {
      if (!Wanted(selection.dtype, option.c_str())) continue;
      const Dtype& dtype = FindDtype(option);
      for (const elu_accuracy accuracy : {ELU_ACCURATE, ELU_FAST}) {
        if (!Wanted(selection.accuracy, AccuracyName(accuracy))) continue;
        if (accuracy == ELU_FAST && selection.accuracy == "all" && !FastDiffers(function, dtype)) continue;
        kernels.push_back({&function, &dtype, accuracy});
      }
    }
  }
  return kernels;
}

}  // namespace elu::cli
