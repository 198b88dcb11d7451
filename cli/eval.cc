// elu eval: a function of numbers from the command line or standard input, one result a line.
#include <cctype>
#include <cstdio>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "commands.h"
#include "dtype.h"
#include "selection.h"

namespace elu::cli {
namespace {

struct Request {
  std::string function = "forward", dtype = "f32", accuracy = "accurate";
  Params params;
  std::vector<std::string> values;
};

constexpr std::size_t kBlock = 4096;

// At most 40 characters of a text that may hold anything.
std::string Excerpt(const std::string& text) {
  std::string excerpt = text.substr(0, 40);
  for (char& c : excerpt) c = std::iscntrl(static_cast<unsigned char>(c)) ? '?' : c;
  return "'" + excerpt + (text.size() > 40 ? "...'" : "'");
}

double ParseValue(const Dtype& dtype, const std::string& text) {
  if (const auto value = dtype.parse(text)) return *value;
  throw WrongUse(Excerpt(text) + " is neither a number nor a known option");
}

// Of what stands on the command line, or on standard input in its stead.
class Evaluation {
 public:
  explicit Evaluation(const Request& request)
      : function_(FindFunction(request.function)),
        dtype_(FindDtype(request.dtype)),
        params_(request.params),
        accuracy_(request.accuracy == "fast" ? ELU_FAST : ELU_ACCURATE) {}

  void OfWords(const std::vector<std::string>& words) const {
    std::vector<double> x;
    for (const std::string& word : words) x.push_back(ParseValue(dtype_, word));
    Print(x);
  }

  void OfStream(std::istream& in) const {
    std::vector<double> x;
    for (std::string word; in >> word;) {
      x.push_back(ParseValue(dtype_, word));
      if (x.size() < kBlock) continue;
      Print(x);
      x.clear();
    }
    if (in.bad() || std::ferror(stdin) != 0) throw std::runtime_error("cannot read standard input");
    Print(x);
  }

 private:
  void Print(const std::vector<double>& x) const {
    for (const double y : dtype_.evaluate(function_, x, params_, accuracy_)) std::puts(dtype_.format(y).c_str());
  }

  const Function& function_;
  const Dtype& dtype_;
  Params params_;
  elu_accuracy accuracy_;
};

constexpr const char* kParameters[] = {"--alpha", "--scale", "--input-scale"};

void Evaluate(const Request& request, const CLI::App& eval) {
  if (!FindFunction(request.function).parameters) {
    for (const char* option : kParameters) {
      if (eval.count(option) > 0) throw WrongUse("--function " + request.function + " takes no " + option);
    }
  }
  const Evaluation evaluation(request);
  const bool stream = request.values.empty() || request.values == std::vector<std::string>{"-"};
  stream ? evaluation.OfStream(std::cin) : evaluation.OfWords(request.values);
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

}  // namespace

void AddEval(CLI::App& app) {
  auto request = std::make_shared<Request>();
  CLI::App* eval = app.add_subcommand("eval", "evaluate at the numbers that follow, or at those on standard input");
  AddChoice(*eval, "--function", request->function, "what to evaluate", FunctionNames());
  AddChoice(*eval, "--dtype", request->dtype, "number type of inputs and results", DtypeOptions());
  AddChoice(*eval, "--accuracy", request->accuracy, "fast: f32 within 1 ulp at alpha 1, 2 ulp else",
            {"accurate", "fast"});
  AddParameters(*eval, request->params);
  eval->footer(Formulas());
  eval->allow_extras();  // every value: the parser would take -inf or -.5 for a flag
  eval->callback([request, eval] {
    request->values = eval->remaining();
    Evaluate(*request, *eval);
  });
}

}  // namespace elu::cli
