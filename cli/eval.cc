// elu eval: a function of numbers from the command line or standard input, one result a line.
#include <cctype>
#include <cstdio>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "commands.h"
#include "elu/elu.hpp"
#include "functions.h"
#include "number.h"

namespace elu::cli {
namespace {

struct Request {
  std::string function = "forward";
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

float ParseValue(const std::string& text) {
  if (const auto value = ParseFloat(text)) return *value;
  throw WrongUse(Excerpt(text) + " is neither a number nor a known option");
}

const Function& Find(const std::string& name) {
  for (const Function& function : kFunctions) {
    if (name == function.name) return function;
  }
  throw WrongUse("there is no function '" + name + "'");  // the parser has checked it already
}

void Print(const Function& function, const Params& params, const std::vector<float>& x) {
  std::vector<float> y(x.size());
  const elu_params p = detail::ToC(params);
  detail::Check("eval", function.f32(x.data(), y.data(), x.size(), &p, ELU_ACCURATE), params);
  for (const float value : y) std::puts(FormatFloat(value).c_str());
}

void EvaluateStream(const Function& function, const Params& params, std::istream& in) {
  std::vector<float> x;
  for (std::string word; in >> word;) {
    x.push_back(ParseValue(word));
    if (x.size() < kBlock) continue;
    Print(function, params, x);
    x.clear();
  }
  if (in.bad()) throw std::runtime_error("cannot read standard input");
  Print(function, params, x);
}

void Evaluate(const Request& request) {
  const Function& function = Find(request.function);
  if (request.values.empty() || request.values == std::vector<std::string>{"-"}) {
    return EvaluateStream(function, request.params, std::cin);
  }
  std::vector<float> x;
  for (const std::string& text : request.values) x.push_back(ParseValue(text));
  Print(function, request.params, x);
}

}  // namespace

void AddEval(CLI::App& app) {
  auto request = std::make_shared<Request>();
  CLI::App* eval = app.add_subcommand("eval", "evaluate at the numbers that follow, or at those on standard input");
  std::vector<std::string> names;
  for (const Function& function : kFunctions) names.emplace_back(function.name);
  eval->add_option("--function", request->function, "what to evaluate")
      ->check(CLI::IsMember(names))
      ->capture_default_str();
  eval->add_option("--alpha", request->params.alpha, "value approached at minus infinity, negated")
      ->check(FaultOfDouble)
      ->capture_default_str();
  eval->add_option("--scale", request->params.scale, "factor of the result")
      ->check(FaultOfDouble)
      ->capture_default_str();
  eval->add_option("--input-scale", request->params.input_scale, "factor of x for x <= 0")
      ->check(FaultOfDouble)
      ->capture_default_str();
  std::string formulas = "Functions:\n";
  for (const Function& function : kFunctions) {
    formulas += "  " + std::string(function.name) + "\n      " + function.formula + "\n";
  }
  eval->footer(formulas);
  eval->allow_extras();  // every value: the parser would take -inf or -.5 for a flag
  eval->callback([request, eval] {
    request->values = eval->remaining();
    Evaluate(*request);
  });
}

}  // namespace elu::cli
