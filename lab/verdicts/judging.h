// How verdicts are made: variants are found, runs of equal seeds are paired, an interval meets a threshold.
#ifndef ELU_LAB_VERDICTS_JUDGING_H_
#define ELU_LAB_VERDICTS_JUDGING_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "lab/results/comparison.h"
#include "lab/results/statistics.h"
#include "lab/verdicts/verdicts.h"
#include "lab/verdicts/words.h"

namespace elu_lab {

// The interval is to lie above the threshold, or below it; the unit is that of the numbers it is made of.
struct Rule {
  bool above;
  double threshold;  // NaN where none was written down beforehand
  Unit unit;
};

// What is asked about a claim: what is compared with what, how the figures are printed, what they are to be.
struct Question {
  std::string claim, compared;
  Rule rule;
  Unit unit;  // of each variant's own figure
};

struct Pair {
  double subject, baseline;
};

// A measurement of a run; NaN where there is none.
using Metric = std::function<double(const ComparedRun&)>;

// Pairs of runs that lack a measurement since one of them failed.
struct LeftOut {
  size_t pairs = 0;
  bool subject = false, baseline = false;  // whose runs failed
  bool guessing = false;                   // some without having diverged
};

// "; 2 pairs left out, a run diverged", or "".
std::string LeftOutText(const LeftOut& left_out);

// Of one comparison.
class Judge {
 public:
  explicit Judge(const Comparison& comparison) : comparison_(comparison) {}

  // Verdicts on what the functions are, on what training measured, on its failures, on time, on initialisation.
  void OnFunctions();
  void OnTraining();
  void OnStability();
  void OnTimes();
  void OnInitialisation();

  std::vector<Verdict> Verdicts() && { return std::move(verdicts_); }

 private:
  // NaN where it was not written down; of a claim that was made after the comparison, today's.
  double ThresholdOf(const std::string& claim, const std::string& name) const;

  // The variant of this activation, or null; with alpha 1 if there is such a one.
  const Variant* FindVariant(const std::string& activation, const std::string& norm,
                             double learning_rate_factor = 1) const;
  const ComparedRun* FindRun(const Variant& variant, uint64_t seed) const;
  // Of both variants from one machine, where they took turns; or each from where it was timed, or null.
  struct TimesOfTwo {
    const StepTimes *subject, *baseline;
    bool in_turns;
  };
  const StepTimes* FindTimes(const Timing& timing, const Variant& variant) const;
  TimesOfTwo FindTimes(const Variant& subject, const Variant& baseline) const;

  // Of the seeds for which both variants have the measurement.
  std::vector<Pair> Paired(const Variant& subject, const Variant& baseline, const Metric& metric) const;

  // A run that came to nothing: it diverged, or ended hardly better than guessing, by the threshold of relu_unstable.
  bool Failed(const ComparedRun& run) const;
  LeftOut CountLeftOut(const Variant& subject, const Variant& baseline, const Metric& metric) const;

  // Test accuracy after the last epoch; a figure of the layers then; accuracy without disturbance less the mean with
  // it.
  Metric FinalAccuracy() const;
  Metric OfLayers(double (*figure)(const std::vector<LayerResult>&)) const;
  Metric Lost(std::vector<RobustnessPoint> Robustness::*points) const;

  // "" where there are as many as a verdict needs, by `sample`, the name of the fewest in "every_claim"; else what it
  // needs: "; a verdict needs 5".
  std::string Lacking(size_t count, const std::string& sample) const;

  // By the expectation of `numbers`, one a seed, or one a round, as `sample` names them. `means`, what the numbers come
  // from, is printed before them. `figure`, which increases, makes of such a number one that the rule is about.
  Verdict ByNumbers(const Question& question, const std::string& means, const std::vector<double>& numbers,
                    const std::string& sample, double (*figure)(double)) const;

  // With the reason in the place of what was measured.
  void NotDecided(const Question& question, const std::string& why);

  // By the differences of pairs, one a seed; adds nothing where there is no pair.
  void ByPairs(const Question& question, const std::vector<Pair>& pairs, double (*difference)(const Pair&));

  // By the differences of the pairs of runs that have the measurement. Those that are left out are counted: what the
  // others say in favour of a variant of which runs failed is no verdict. Adds nothing where there is no pair of
  // either.
  void BySeeds(const Question& question, const Variant& subject, const Variant& baseline, const Metric& metric,
               double (*difference)(const Pair&));

  // By the ratios of pairs, one a round.
  void ByRounds(const Question& question, const std::vector<Pair>& rounds, double (*figure)(double));

  // The parts of the public ones.
  void OnDeadUnits(const Variant& elu);
  void OnTrainingAgainst(const Variant& elu, const Variant& baseline);
  void OnConvergence(const Variant& elu, const Variant& baseline);
  void OnLossOverRun(const Variant& elu, const Variant& baseline);
  void OnDeadAtWorst(const Variant& elu, const Variant& relu);
  void OnPreactivationNoise(const Variant& elu, const Variant& baseline);
  std::string StepsToLevels(const Variant& variant) const;
  std::string DeadText(const Variant& variant) const;
  void OnAccuracies(const char* claim, const Variant* subject, const Variant* baseline);
  void OnSelu();
  void OnRate(const Variant& elu, const Variant& relu);
  void OnTimesAgainst(const Variant& elu, const Variant& baseline);
  void OnTimesApart(const Question& question, const std::vector<double>& subject, const std::vector<double>& baseline);
  void OnCurves(const std::vector<VarianceCurve>& curves, const std::string& network, const char* threshold);

  const Comparison& comparison_;
  const std::vector<Timing> timings_ = comparison_.Timings();
  std::vector<Verdict> verdicts_;
};

}  // namespace elu_lab

#endif  // ELU_LAB_VERDICTS_JUDGING_H_
