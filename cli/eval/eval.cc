// elu eval: a function of numbers from the command line, from standard input or of a .npy file.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "cli/commands.h"
#include "cli/eval/of_npy.h"
#include "cli/eval/of_text.h"
#include "cli/kernel/dtype.h"
#include "cli/kernel/selection.h"
#include "program/help.h"
#include "program/wrong_use.h"

namespace elu::cli {
namespace {

constexpr const char* kEvalExamples =
    "  elu eval -2 -1 0 1 2                     f of five numbers, one a line\n"
    "  elu eval --alpha 0.5 --function derivative -1\n"
    "  elu eval --dtype bf16 --function plus-one -8\n"
    "  elu eval '[-2, -1, 0]'                   as pasted: commas, semicolons and brackets separate, 0,5 is 0 and 5\n"
    "  seq -3 3 | elu eval --selu --json        numbers from standard input, results for a program\n"
    "  elu eval --input x.npy --output y.npy    an array of any shape, into one of the same shape and type\n"
    "  zcat x.npy.gz | elu eval --input - --output - | gzip >y.npy.gz";

constexpr const char* kEvalNotes =
    "\nA .npy file holds '<f4', '<f8' or '<f2' (or '>f4' and so on), or with --dtype bf16 what ml_dtypes saves;\n"
    "it may be larger than the memory, in Fortran order, and the output itself. JSON has inf and nan as texts.";

struct EvalRequest {
  std::string function = "forward", dtype = "f32", accuracy = "accurate";
  Params params;
  bool json = false;
  std::string input, output;
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::string> values;
};

void Evaluate(const EvalRequest& request, const CLI::App& eval) {
  const Function& function = FindFunction(request.function);
  const std::string parameters = GivenParameters(eval);
  if (!function.parameters && !parameters.empty()) {
    throw program::WrongUse("--function " + request.function + " takes no " + parameters);
  }
  const elu_accuracy accuracy = request.accuracy == "fast" ? ELU_FAST : ELU_ACCURATE;
  if (eval.count("--input") > 0) {
    if (!request.values.empty())
      throw program::WrongUse(request.values.front() + ": with --input no numbers are taken");
    return EvaluateNpy({request.input, request.output, eval.count("--dtype") > 0 ? request.dtype : "", &function,
                        request.params, accuracy, request.threads});
  }
  const TextRequest text = {&function, &FindDtype(request.dtype), request.params, accuracy, request.json};
  const bool stream = request.values.empty() || request.values == std::vector<std::string>{"-"};
  stream ? EvaluateStandardInput(text) : EvaluateWords(text, request.values);
}

// The functions of one input, and their formulas for the help.
std::vector<std::string> FunctionNames() {
  std::vector<std::string> names;
  for (const Function& function : kFunctions) {
    if (function.inputs == 1) names.emplace_back(function.name);
  }
  return names;
}

std::string Formulas() {
  std::string text = "Functions:\n";
  for (const std::string& name : FunctionNames()) text += "  " + name + "\n      " + FindFunction(name).formula + "\n";
  return text;
}

void AddFiles(CLI::App& eval, EvalRequest& request) {
  CLI::Option* input = eval.add_option("--input", request.input, "a .npy file to evaluate at, or - for standard input");
  CLI::Option* output =
      eval.add_option("--output", request.output, "the .npy file for the results, or - for standard output");
  input->needs(output);
  output->needs(input)->excludes(eval.get_option("--json"));
  AddThreads(eval, request.threads, "threads for a .npy file");
  eval.get_option("--threads")->needs(input);
}

}  // namespace

void AddEval(CLI::App& app) {
  auto request = std::make_shared<EvalRequest>();
  CLI::App* eval = app.add_subcommand("eval", "evaluate at numbers, those of standard input or of a .npy file");
  AddChoice(*eval, "--function", request->function, "what to evaluate", FunctionNames());
  AddChoice(*eval, "--dtype", request->dtype, "number type of inputs and results; a file has its own", DtypeOptions());
  AddChoice(*eval, "--accuracy", request->accuracy, "fast: f32 within 1 ulp at alpha 1, 2 ulp else",
            {"accurate", "fast"});
  AddParameters(*eval, request->params);
  eval->add_flag("--json", request->json, "print JSON");
  AddFiles(*eval, *request);
  program::SetHelp(*eval, kEvalExamples, " [NUMBER...]");
  eval->footer(Formulas() + kEvalNotes);
  eval->allow_extras();  // every value: the parser would take -inf or -.5 for a flag
  eval->callback([request, eval] {
    request->values = eval->remaining();
    Evaluate(*request, *eval);
  });
}

}  // namespace elu::cli
