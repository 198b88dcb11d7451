// What ELU costs, by rounds of steps that took turns.
#include <cmath>

#include "lab/verdicts/judging.h"
#include "program/text.h"

namespace elu_lab {
namespace {

using Times = std::vector<double> StepTimes::*;

const StepTimes* FindTimes(const Comparison& comparison, const Variant* variant) {
  for (const StepTimes& times : comparison.step_times) {
    if (variant != nullptr && SameNetwork(comparison.variants[times.variant], *variant)) return &times;
  }
  return nullptr;
}

// Of each round that has both.
std::vector<Pair> Rounds(const std::vector<double>& subject, const std::vector<double>& baseline) {
  std::vector<Pair> pairs;
  for (size_t i = 0; i < std::min(subject.size(), baseline.size()); ++i) {
    const bool measured = subject[i] > 0 && baseline[i] > 0 && std::isfinite(subject[i]) && std::isfinite(baseline[i]);
    if (measured) pairs.push_back({subject[i], baseline[i]});
  }
  return pairs;
}

// Of the logarithm of a ratio.
double Ratio(double logarithm) { return std::exp(logarithm); }
double Longer(double logarithm) { return std::expm1(logarithm); }

// By the logarithms of the ratios: the mean of the ratios themselves, which noise in a time that is divided by moves
// upwards, may say of either of two that it takes longer.
void JudgeRounds(const Comparison& comparison, const Question& question, const std::vector<Pair>& rounds,
                 double (*figure)(double), std::vector<Verdict>& verdicts) {
  if (rounds.empty()) return;
  std::vector<double> subject, baseline, logarithms;
  for (const Pair& round : rounds) {
    subject.push_back(round.subject);
    baseline.push_back(round.baseline);
    logarithms.push_back(std::log(round.subject / round.baseline));
  }
  const std::string medians = "medians " + InUnit(Quantile(subject, 0.5), question.unit) + " against " +
                              InUnit(Quantile(baseline, 0.5), question.unit) + "; round by round";
  verdicts.push_back(JudgeNumbers(comparison, question, medians, logarithms, "rounds", figure));
}

constexpr Unit kMilliseconds = {1, 2, " ms"};

void JudgeAgainst(const Comparison& comparison, const Variant& elu, const Variant& baseline,
                  std::vector<Verdict>& verdicts) {
  const StepTimes *ours = FindTimes(comparison, &elu), *theirs = FindTimes(comparison, &baseline);
  if (ours == nullptr || theirs == nullptr) return;
  const std::string compared = ComparedText(elu, baseline);
  const Rule cost = {true, Threshold(comparison, "computing_cost", "ratio"), kTimes};
  JudgeRounds(comparison, {"computing_cost", compared, cost, kMilliseconds},
              Rounds(ours->activation, theirs->activation), Ratio, verdicts);
  const Rule overhead = {false, Threshold(comparison, "overhead_negligible", "share"), {100, 1, " % longer"}};
  JudgeRounds(comparison, {"overhead_negligible", compared, overhead, kMilliseconds}, Rounds(ours->step, theirs->step),
              Longer, verdicts);
}

}  // namespace

void JudgeTimes(const Comparison& comparison, std::vector<Verdict>& verdicts) {
  for (const char* norm : {"batch", "none"}) {
    const Variant* elu = FindVariant(comparison, "elu", norm);
    const StepTimes* times = FindTimes(comparison, elu);
    if (times == nullptr) continue;
    for (const char* name : {"relu", "leaky_relu"}) {
      const Variant* baseline = FindVariant(comparison, name, norm);
      if (baseline != nullptr) JudgeAgainst(comparison, *elu, *baseline, verdicts);
    }
    const Rule share = {false, Threshold(comparison, "share_of_step", "share"), {100, 1, " % of the step"}};
    JudgeRounds(
        comparison,
        {"share_of_step", elu->label + ", its layers against the step, " + NormText(norm), share, kMilliseconds},
        Rounds(times->activation, times->step), Ratio, verdicts);
  }
}

}  // namespace elu_lab
