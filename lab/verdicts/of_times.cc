// What ELU costs, by rounds of steps that took turns.
#include <cmath>

#include "lab/verdicts/judging.h"
#include "program/text.h"

namespace elu_lab {
namespace {

constexpr Unit kMilliseconds = {1, 2, " ms"};

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

}  // namespace

const StepTimes* Judge::FindTimes(const Timing& timing, const Variant& variant) const {
  for (const StepTimes& times : timing.step_times) {
    if (SameNetwork(comparison_.variants[times.variant], variant)) return &times;
  }
  return nullptr;
}

Judge::TimesOfTwo Judge::FindTimes(const Variant& subject, const Variant& baseline) const {
  TimesOfTwo apart = {nullptr, nullptr, false};
  for (const Timing& timing : timings_) {
    const StepTimes *ours = FindTimes(timing, subject), *theirs = FindTimes(timing, baseline);
    if (ours != nullptr && theirs != nullptr) return {ours, theirs, true};
    if (ours != nullptr) apart.subject = ours;
    if (theirs != nullptr) apart.baseline = theirs;
  }
  return apart;
}

// By the logarithms of the ratios: the mean of the ratios themselves, which noise in a time that is divided by moves
// upwards, may say of either of two that it takes longer.
void Judge::ByRounds(const Question& question, const std::vector<Pair>& rounds, double (*figure)(double)) {
  if (rounds.empty()) return;
  std::vector<double> subject, baseline, logarithms;
  for (const Pair& round : rounds) {
    subject.push_back(round.subject);
    baseline.push_back(round.baseline);
    logarithms.push_back(std::log(round.subject / round.baseline));
  }
  const std::string medians = "medians " + InUnit(Quantile(subject, 0.5), question.unit) + " against " +
                              InUnit(Quantile(baseline, 0.5), question.unit) + "; round by round";
  verdicts_.push_back(ByNumbers(question, medians, logarithms, "rounds", figure));
}

// What else the machine did, or which machine it was, may be all the difference.
void Judge::OnTimesApart(const Question& question, const std::vector<double>& subject,
                         const std::vector<double>& baseline) {
  const std::string medians =
      InUnit(Quantile(subject, 0.5), question.unit) + " against " + InUnit(Quantile(baseline, 0.5), question.unit);
  NotDecided(question, "timed apart, " + medians + ": such times are not compared");
}

void Judge::OnTimesAgainst(const Variant& elu, const Variant& baseline) {
  const auto [ours, theirs, in_turns] = FindTimes(elu, baseline);
  if (ours == nullptr || theirs == nullptr) return;
  const std::string compared = ComparedText(elu, baseline);
  const Rule cost = {true, ThresholdOf("computing_cost", "ratio"), kTimes};
  const Question of_cost = {"computing_cost", compared, cost, kMilliseconds};
  const Rule overhead = {false, ThresholdOf("overhead_negligible", "share"), {100, 1, " % longer", " % shorter"}};
  const Question of_overhead = {"overhead_negligible", compared, overhead, kMilliseconds};
  if (!in_turns) {
    OnTimesApart(of_cost, ours->activation, theirs->activation);
    OnTimesApart(of_overhead, ours->step, theirs->step);
    return;
  }
  ByRounds(of_cost, Rounds(ours->activation, theirs->activation), Ratio);
  ByRounds(of_overhead, Rounds(ours->step, theirs->step), Longer);
}

void Judge::OnTimes() {
  for (const char* norm : {"batch", "none"}) {
    const Variant* elu = FindVariant("elu", norm);
    if (elu == nullptr) continue;
    const StepTimes* times = FindTimes(*elu, *elu).subject;
    if (times == nullptr) continue;
    for (const char* name : {"relu", "leaky_relu"}) {
      const Variant* baseline = FindVariant(name, norm);
      if (baseline != nullptr) OnTimesAgainst(*elu, *baseline);
    }
    const Rule share = {false, ThresholdOf("share_of_step", "share"), {100, 1, " % of the step"}};
    ByRounds({"share_of_step", elu->label + ", its layers against the step, " + NormText(norm), share, kMilliseconds},
             Rounds(times->activation, times->step), Ratio);
  }
}

}  // namespace elu_lab
