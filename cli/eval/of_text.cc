#include "cli/eval/of_text.h"

#include <unistd.h>

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "cli/eval/words.h"
#include "cli/kernel/selection.h"
#include "program/text.h"
#include "program/wrong_use.h"

namespace elu::cli {
namespace {

constexpr std::size_t kWordsAtOnce = 4096;     // numbers
constexpr std::size_t kLongestWord = 1 << 16;  // so that a stream without spaces does not fill the memory

std::string Excerpt(const std::string& text) { return "'" + text.substr(0, 40) + (text.size() > 40 ? "...'" : "'"); }

// On a terminal people are told that their number is another one in this type: 16777217 in f32, 100000 in f16.
void TellRounding(const Dtype& dtype, const std::string& text, double value) {
  const std::string taken = dtype.format(value);
  if (std::strtod(taken.c_str(), nullptr) == std::strtod(text.c_str(), nullptr) || std::isnan(value)) return;
  std::fprintf(stderr, "elu: %s is %s in %s\n", text.c_str(), taken.c_str(), dtype.option);
}

double ParseValue(const TextRequest& request, const std::string& text, const std::string& place) {
  const auto value = request.dtype->parse(text);
  if (!value) throw program::WrongUse(place + Excerpt(text) + " is neither a number nor a known option");
  if (!request.json && isatty(STDERR_FILENO) == 1) TellRounding(*request.dtype, text, *value);
  return *value;
}

// Results as they come, after one another.
class Results {
 public:
  explicit Results(const TextRequest& request) : request_(request) {
    Compute({});  // throws for parameters that are not admitted
    if (!request_.json) return;
    const Params& p = request_.params;
    std::printf(
        "{\"function\": \"%s\", \"dtype\": \"%s\", \"accuracy\": \"%s\", \"alpha\": %.17g, \"scale\": %.17g, "
        "\"input_scale\": %.17g, \"target\": \"%s\",\n \"results\": [",
        request_.function->name, request_.dtype->option, AccuracyName(request_.accuracy), p.alpha, p.scale,
        p.input_scale, elu_target());
  }

  void Print(const std::vector<double>& x) {
    const std::vector<double> y = Compute(x);
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (request_.json) PrintObject(x[i], y[i]);
      else std::puts(request_.dtype->format(y[i]).c_str());
    }
    const bool written = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
    if (!written) throw std::runtime_error("cannot write to standard output");
  }

  void Finish() const {
    if (request_.json) std::puts("\n ]}");
  }

 private:
  std::vector<double> Compute(const std::vector<double>& x) const {
    return request_.dtype->evaluate(*request_.function, x, request_.params, request_.accuracy);
  }

  // JSON has no word for infinity and NaN: they are texts.
  std::string Number(double value) const {
    const std::string text = request_.dtype->format(value);
    return std::isfinite(value) ? text : "\"" + text + "\"";
  }

  void PrintObject(double x, double y) {
    std::printf("%s\n  {\"input\": %s, \"result\": %s}", first_ ? "" : ",", Number(x).c_str(), Number(y).c_str());
    first_ = false;
  }

  const TextRequest& request_;
  bool first_ = true;
};

}  // namespace

void EvaluateWords(const TextRequest& request, const std::vector<std::string>& words) {
  std::vector<double> x;
  for (const std::string& pasted : words) {
    std::istringstream stream(pasted);
    WordReader reader(stream, pasted.size() + 1);
    Word word;
    while (reader.Next(word)) x.push_back(ParseValue(request, word.text, ""));
  }
  Results results(request);
  results.Print(x);
  results.Finish();
}

void EvaluateStandardInput(const TextRequest& request) {
  const bool terminal = isatty(STDIN_FILENO) == 1;
  if (terminal) std::fputs("elu: reading numbers; Ctrl-D ends them\n", stderr);
  std::ios::sync_with_stdio(false);
  Results results(request);
  WordReader reader(std::cin, kLongestWord);
  std::vector<double> x;
  for (Word word; reader.Next(word);) {
    if (word.text.size() >= kLongestWord) throw program::WrongUse(Excerpt(word.text) + " is too long for a number");
    x.push_back(ParseValue(request, word.text, program::Format("line %zu, column %zu: ", word.line, word.column)));
    if (x.size() < kWordsAtOnce && !(terminal && reader.AtEndOfLine())) continue;
    results.Print(x);
    x.clear();
  }
  if (std::cin.bad()) throw std::runtime_error("cannot read standard input");
  results.Print(x);
  results.Finish();
}

}  // namespace elu::cli
