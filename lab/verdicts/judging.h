// How verdicts are made: variants are found, runs of equal seeds are paired, an interval meets a threshold.
#ifndef ELU_LAB_VERDICTS_JUDGING_H_
#define ELU_LAB_VERDICTS_JUDGING_H_

#include <functional>
#include <string>
#include <vector>

#include "lab/results/comparison.h"
#include "lab/results/statistics.h"
#include "lab/verdicts/verdicts.h"

namespace elu_lab {

// How a figure is printed: 0.0312 as "3.1 %". `worse`, where there is one, is the name of figures below 0 with their
// signs changed.
struct Unit {
  double factor;
  int decimals;
  const char* name;
  const char* worse = nullptr;
};

inline constexpr Unit kPercent = {100, 1, " %"}, kPoints = {100, 2, " points", " points worse"}, kPlain = {1, 3, ""},
                      kTimes = {1, 2, " times"};

std::string InUnit(double number, const Unit& unit);

// The interval is to lie above the threshold, or below it; the unit is that of the numbers it is made of.
struct Rule {
  bool above;
  double threshold;
  Unit unit;
};

// Holds where the whole interval is on the rule's side of its threshold, does not where it is wholly on the other.
Outcome Decide(const Interval& interval, const Rule& rule);

// "more than 5.0 %", "less than 1.00 points"; "less than 0.50 points worse" for more than -0.50 points.
std::string RuleText(const Rule& rule);

// "5 seeds", "1 seed".
std::string CountText(size_t count, const std::string& things);

// "3.1 % (95 % interval 2.0 to 4.2)".
std::string IntervalText(const Interval& interval, const Unit& unit, double confidence);

// A measurement of a run; NaN where there is none.
using Metric = std::function<double(const ComparedRun&)>;

// The variant of this activation, or null; with alpha 1 if there is such a one.
const Variant* FindVariant(const Comparison& comparison, const std::string& activation, const std::string& norm,
                           double learning_rate_factor = 1);

// Its place among the comparison's variants.
size_t IndexOf(const Comparison& comparison, const Variant& variant);

struct Pair {
  double subject, baseline;
};

// Of the seeds for which both variants have the measurement.
std::vector<Pair> Paired(const Comparison& comparison, const Variant& subject, const Variant& baseline,
                         const Metric& metric);

// "ELU (alpha 1) against ReLU, with BatchNorm".
std::string ComparedText(const Variant& subject, const Variant& baseline);
std::string NormText(const std::string& norm);

// The last epoch of a run that went through all of them, or null.
const EpochOfRun* LastEpoch(const Comparison& comparison, const ComparedRun& run);

// Test accuracy after the last epoch.
Metric FinalAccuracy(const Comparison& comparison);

// What is asked about a claim: what is compared with what, how the figures are printed, what they are to be.
struct Question {
  std::string claim, compared;
  Rule rule;  // its threshold NaN where none was written down beforehand
  Unit unit;  // of each variant's own figure
};

// "at most 2", for a printf format with one number; says so where none was written down.
std::string ThresholdText(const char* format, double number);

// NaN where it was not written down.
double Threshold(const Comparison& comparison, const std::string& claim, const std::string& name);

// "" where there are as many as a verdict needs, by `sample`, the name of the fewest in "every_claim"; else what it
// needs: "; a verdict needs 5".
std::string Lacking(const Comparison& comparison, size_t count, const std::string& sample);

// By the expectation of `numbers`, one a seed, or one a round, as `sample` names them. `means`, what the numbers come
// from, is printed before them. `figure`, which increases, makes of such a number one that the rule is about.
Verdict JudgeNumbers(const Comparison& comparison, const Question& question, const std::string& means,
                     const std::vector<double>& numbers, const std::string& sample, double (*figure)(double));

// By the differences of pairs, one a seed; adds nothing where there is no pair.
void JudgePairs(const Comparison& comparison, const Question& question, const std::vector<Pair>& pairs,
                const std::function<double(const Pair&)>& difference, std::vector<Verdict>& verdicts);

// A run that came to nothing: it diverged, or ended hardly better than guessing, by the threshold of relu_unstable.
bool Failed(const Comparison& comparison, const ComparedRun& run);

// Pairs of runs that lack a measurement since one of them failed.
struct LeftOut {
  size_t pairs = 0;
  bool subject = false, baseline = false;  // whose runs failed
  bool guessing = false;                   // some without having diverged
};
LeftOut CountLeftOut(const Comparison& comparison, const Variant& subject, const Variant& baseline,
                     const Metric& metric);

// "; 2 pairs left out, a run diverged", or "".
std::string LeftOutText(const LeftOut& left_out);

// By the differences of the pairs of runs that have the measurement. Those that are left out are counted: what the
// others say in favour of a variant of which runs failed is no verdict. Adds nothing where there is no pair of either.
void JudgeSeeds(const Comparison& comparison, const Question& question, const Variant& subject, const Variant& baseline,
                const Metric& metric, const std::function<double(const Pair&)>& difference,
                std::vector<Verdict>& verdicts);

// Verdicts on what the functions are, on what training measured, on time, on initialisation.
void JudgeFunctions(const Comparison& comparison, std::vector<Verdict>& verdicts);
void JudgeTraining(const Comparison& comparison, std::vector<Verdict>& verdicts);
void JudgeStability(const Comparison& comparison, std::vector<Verdict>& verdicts);
void JudgeTimes(const Comparison& comparison, std::vector<Verdict>& verdicts);
void JudgeInitialisation(const Comparison& comparison, std::vector<Verdict>& verdicts);

}  // namespace elu_lab

#endif  // ELU_LAB_VERDICTS_JUDGING_H_
