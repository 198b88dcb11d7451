// Every claim holds, does not hold and is not decided, each where it should.
#include "lab/verdicts/verdicts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "lab/results/comparison.h"
#include "lab/verdicts/claims.h"
#include "lab/verdicts/words.h"

namespace elu_lab {
namespace {

constexpr int kEpochs = 2;

// What the runs of a variant show; the seeds move all variants by the same, and each by `scatter`.
struct Figures {
  double accuracy = 0.7, mean = 0.4, dead = 0, lost = 0.1;
  int steps_to_loss = 100;
  bool diverged = false;
  double step_ms = 100, activation_ms = 8;
};

struct Subject {
  std::string activation;
  double alpha;
  std::string norm;
  double factor;
  Figures figures;
};

double Wave(size_t variant, size_t seed) { return std::sin(static_cast<double>(7 * variant + 3 * seed + 1)); }

ComparedRun RunOf(size_t variant, size_t seed, const Figures& figures, double scatter) {
  const double moved = 0.01 * Wave(0, seed) + scatter * Wave(variant + 1, seed);
  ComparedRun run = {.variant = variant, .seed = seed, .diverged = figures.diverged};
  const auto low_from = static_cast<size_t>(figures.steps_to_loss * (1 + 3 * scatter * Wave(variant + 1, seed)));
  for (size_t step = 1; step <= 600; ++step) run.step_losses.push_back(step < low_from ? 2.3 : 0.5);
  if (figures.diverged) return run;
  for (int epoch = 1; epoch <= kEpochs; ++epoch) {
    EpochOfRun of_run = {.epoch = static_cast<double>(epoch), .test_accuracy = figures.accuracy + moved};
    of_run.layers.push_back({.name = "linear 1",
                             .mean = figures.mean + moved,
                             .units = 100,
                             .dead = figures.dead == 0 ? 0 : figures.dead + 100 * moved});
    run.epochs.push_back(of_run);
  }
  run.robustness.noise = {{0, figures.accuracy + moved},
                          {0.5, figures.accuracy + moved - figures.lost - scatter * Wave(variant, seed)}};
  run.robustness.outliers = {{0.1, figures.accuracy + moved - figures.lost + scatter * Wave(variant, seed)}};
  const double passed = figures.lost + scatter * Wave(variant, seed), left = figures.accuracy + moved;
  run.preactivation_noise.layers = {{.name = "linear 1", .transmitted = {{0.5, passed, 2 * passed}}}};
  run.preactivation_noise.accuracy = {{0.1, left, left}, {1, left - passed, left - 2 * passed}};
  return run;
}

Comparison ComparisonOf(const std::vector<Subject>& subjects, size_t seeds, double scatter) {
  Comparison comparison;
  comparison.settings.classes = 10;
  comparison.settings.epochs = kEpochs;
  comparison.thresholds = Thresholds();
  for (const Subject& s : subjects) {
    comparison.variants.push_back({"", s.activation + (std::isnan(s.alpha) ? "" : std::to_string(s.alpha)),
                                   s.activation, s.alpha, s.norm, s.factor});
  }
  for (size_t seed = 0; seed < seeds; ++seed) {
    for (size_t i = 0; i < subjects.size(); ++i)
      comparison.runs.push_back(RunOf(i, seed, subjects[i].figures, scatter));
  }
  for (size_t i = 0; i < subjects.size(); ++i) {
    StepTimes times = {i, {}, {}};
    for (size_t round = 0; round < seeds; ++round) {
      const double noise = 1 + scatter * Wave(i, round);
      times.step.push_back(subjects[i].figures.step_ms * noise);
      times.activation.push_back(subjects[i].figures.activation_ms * noise);
    }
    comparison.step_times.push_back(times);
  }
  return comparison;
}

// ELU's figures against ReLU's, and what goes with them: SELU, another alpha, runs at a high learning rate.
Comparison Compare(const Figures& relu, const Figures& elu, const Figures& other_alpha, const Figures& selu,
                   size_t seeds, double scatter) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  std::vector<Subject> subjects;
  for (const char* norm : {"batch", "none"}) {
    subjects.push_back({"relu", kNone, norm, 1, relu});
    subjects.push_back({"elu", 1, norm, 1, elu});
    subjects.push_back({"elu", 2, norm, 1, other_alpha});
  }
  subjects.push_back({"selu", kNone, "none", 1, selu});
  Figures high_relu = relu, high_elu = elu;
  high_relu.diverged = relu.accuracy < elu.accuracy;
  high_elu.diverged = elu.accuracy < relu.accuracy;
  subjects.push_back({"relu", kNone, "none", 16, high_relu});
  subjects.push_back({"elu", 1, "none", 16, high_elu});
  Comparison comparison = ComparisonOf(subjects, seeds, scatter);
  const bool flat = elu.accuracy > relu.accuracy;
  for (const char* gain : {"He", "statistics.hpp"}) {
    comparison.initialisation.linear.push_back({"elu", "ELU", gain, 1.2, {1.0, 1.1, flat ? 1.2 : 3.0}});
  }
  return comparison;
}

std::vector<Verdict> VerdictsOn(const Comparison& comparison) { return JudgeComparison(comparison).verdicts; }

std::set<Outcome> OutcomesOf(const std::vector<Verdict>& verdicts, const std::string& claim) {
  std::set<Outcome> outcomes;
  for (const Verdict& verdict : verdicts) {
    if (verdict.claim == claim) outcomes.insert(verdict.outcome);
  }
  return outcomes;
}

const std::set<std::string> kOfTheFunction = {"negative_behaviour", "smooth_at_origin"};
const std::set<std::string> kOfNoSeeds = {"he_initialisation", "matched_gain"};

// Every claim that training decides has this one outcome.
void ExpectAll(const Comparison& comparison, Outcome outcome) {
  const std::vector<Verdict> verdicts = VerdictsOn(comparison);
  for (const Claim& claim : Claims()) {
    if (kOfTheFunction.contains(claim.id)) continue;
    if (outcome == Outcome::kNotDecided && kOfNoSeeds.contains(claim.id)) continue;
    EXPECT_EQ(OutcomesOf(verdicts, claim.id), std::set<Outcome>{outcome}) << claim.id;
  }
}

const Figures kPoor = {.accuracy = 0.68, .mean = 0.5, .dead = 10, .lost = 0.2, .steps_to_loss = 300};
const Figures kGood = {
    .accuracy = 0.72, .mean = 0.1, .lost = 0.1, .steps_to_loss = 150, .step_ms = 102, .activation_ms = 9};
const Figures kBest = {
    .accuracy = 0.74, .mean = 0.1, .lost = 0.1, .steps_to_loss = 150, .step_ms = 102, .activation_ms = 9};

TEST(Verdicts, HoldWhereEluIsAsTextbooksSay) {
  ExpectAll(Compare(kPoor, kGood, kPoor, kBest, 5, 0.0005), Outcome::kHolds);
}

TEST(Verdicts, DoNotHoldWhereItIsTheOtherWayRound) {
  Figures relu = kGood, elu = kPoor;
  relu.step_ms = relu.activation_ms = 50;
  elu.step_ms = 100;
  elu.activation_ms = 45;
  ExpectAll(Compare(relu, elu, kGood, {.accuracy = 0.6}, 5, 0.0005), Outcome::kDoesNotHold);
}

TEST(Verdicts, AreNotGivenByFourSeeds) {
  ExpectAll(Compare(kPoor, kGood, kPoor, kBest, 4, 0.0005), Outcome::kNotDecided);
}

// All say what they lack.
TEST(Verdicts, SayHowManySeedsTheyNeed) {
  for (const size_t seeds : {1u, 4u}) {
    for (const Verdict& verdict : VerdictsOn(Compare(kPoor, kGood, kPoor, kBest, seeds, 0.0005))) {
      if (kOfTheFunction.contains(verdict.claim) || kOfNoSeeds.contains(verdict.claim)) continue;
      EXPECT_EQ(verdict.outcome, Outcome::kNotDecided) << verdict.claim;
      EXPECT_NE(verdict.measured.find("; a verdict needs 5"), std::string::npos) << verdict.claim << verdict.measured;
    }
  }
}

TEST(Verdicts, AreNotGivenWhereTheIntervalHoldsTheThreshold) {
  const std::vector<Verdict> verdicts = VerdictsOn(Compare(kPoor, kGood, kPoor, kBest, 5, 0.3));
  for (const char* claim :
       {"zero_centred", "dead_neurons", "noise_robustness", "outlier_robustness", "computing_cost",
        "overhead_negligible", "higher_accuracy", "selu_without_norm", "selu_replaces_norm", "alpha_default"}) {
    EXPECT_TRUE(OutcomesOf(verdicts, claim).contains(Outcome::kNotDecided)) << claim;
  }
}

TEST(Verdicts, AreNotGivenWithoutAThreshold) {
  Comparison comparison = Compare(kPoor, kGood, kPoor, kBest, 5, 0.0005);
  for (ClaimThresholds& claim : comparison.thresholds) {
    if (claim.claim != "every_claim") claim.numbers.clear();
  }
  for (const Verdict& verdict : VerdictsOn(comparison)) {
    EXPECT_EQ(verdict.outcome, Outcome::kNotDecided) << verdict.claim;
    EXPECT_FALSE(verdict.exploratory) << verdict.claim;
    EXPECT_EQ((verdict.measured + verdict.threshold).find("nan"), std::string::npos) << verdict.claim;
  }
}

// A claim that was made after the plan is judged by today's threshold, and says so.
TEST(Verdicts, OfClaimsMadeLaterAreExploratory) {
  Comparison comparison = Compare(kPoor, kGood, kPoor, kBest, 5, 0.0005);
  const std::vector<Verdict> planned = VerdictsOn(comparison);
  std::erase_if(comparison.thresholds, [](const ClaimThresholds& claim) { return claim.claim == "loss_over_run"; });
  const std::vector<Verdict> later = VerdictsOn(comparison);
  ASSERT_EQ(later.size(), planned.size());
  for (size_t i = 0; i < later.size(); ++i) {
    EXPECT_EQ(later[i].outcome, planned[i].outcome) << later[i].claim;
    EXPECT_EQ(later[i].exploratory, later[i].claim == "loss_over_run") << later[i].claim;
    EXPECT_FALSE(planned[i].exploratory) << planned[i].claim;
  }
  EXPECT_NE(VerdictsAsText({JudgeComparison(comparison)}).find("  holds, exploratory: elu"), std::string::npos);
}

const Verdict& Find(const std::vector<Verdict>& verdicts, const std::string& claim) {
  return *std::ranges::find(verdicts, claim, &Verdict::claim);
}

// ReLU's units are dead after the first epoch alone: the last one says nothing of it, the worst one all.
TEST(Verdicts, SeeUnitsThatWereDeadAndCameBack) {
  Comparison comparison = Compare(kGood, kGood, kGood, kGood, 5, 0);
  for (ComparedRun& run : comparison.runs) {
    if (comparison.variants[run.variant].activation != "relu" || run.diverged) continue;
    run.epochs[0].layers[0].dead = static_cast<double>(10 + run.seed);
  }
  const std::vector<Verdict> verdicts = VerdictsOn(comparison);
  EXPECT_EQ(Find(verdicts, "dead_neurons").outcome, Outcome::kDoesNotHold);
  const Verdict& worst = Find(verdicts, "dead_at_worst");
  EXPECT_EQ(worst.outcome, Outcome::kHolds);
  EXPECT_EQ(worst.figure, "12.00 points fewer");
  EXPECT_NE(worst.measured.find("10.0 to 14.0 % of linear 1 after epoch 1, 0.0 % of it after the last; "),
            std::string::npos)
      << worst.measured;
  EXPECT_TRUE(worst.measured.ends_with(": none in any layer after any epoch")) << worst.measured;
}

// Behind in the first half, ahead in the rest.
TEST(Verdicts, TellWhereTheLossIsAboveAndBelow) {
  Comparison comparison = Compare(kGood, kGood, kGood, kGood, 5, 0);
  for (ComparedRun& run : comparison.runs) {
    const bool elu = comparison.variants[run.variant].activation == "elu";
    for (size_t i = 0; i < run.step_losses.size(); ++i) {
      run.step_losses[i] = 2 - 0.001 * static_cast<double>(run.seed) + (!elu ? 0 : i < 300 ? 0.5 : -0.4);
    }
  }
  const Verdict& verdict = Find(VerdictsOn(comparison), "loss_over_run");
  EXPECT_EQ(verdict.outcome, Outcome::kDoesNotHold);
  EXPECT_EQ(verdict.figure, "0.050 higher");
  EXPECT_NE(verdict.measured.find("s in steps 50 to 327, below it in steps 328 to 600; steps to a loss of 2.07, 1.84, "
                                  "1.50, 1.15: 324, 337, -, - against 50, -, -, -"),
            std::string::npos)
      << verdict.measured;
}

TEST(Verdicts, OnTheFunctionsAreTrueOfTheirAlpha) {
  const std::vector<Verdict> verdicts = VerdictsOn(Compare(kPoor, kGood, kPoor, kBest, 5, 0.0005));
  for (const Verdict& verdict : verdicts) {
    if (verdict.claim == "negative_behaviour") {
      EXPECT_EQ(verdict.outcome, Outcome::kHolds);
    }
    if (verdict.claim != "smooth_at_origin") continue;
    const bool one = verdict.compared.find("alpha 1)") != std::string::npos;
    EXPECT_EQ(verdict.outcome, one ? Outcome::kHolds : Outcome::kDoesNotHold) << verdict.compared;
  }
}

// ReLU never reaches the loss: that ELU is faster is sound. ELU never does: then it cannot be the faster one. Neither
// does: nothing is known.
TEST(Verdicts, CountRunsThatDoNotReachTheLoss) {
  const auto outcomes = [](int relu, int elu) {
    Figures slow = kGood, fast = kGood;
    slow.steps_to_loss = relu;
    fast.steps_to_loss = elu;
    return OutcomesOf(VerdictsOn(Compare(slow, fast, kPoor, kBest, 5, 0.0)), "converges_faster");
  };
  constexpr int kNever = 10'000;
  EXPECT_EQ(outcomes(kNever, 100), std::set{Outcome::kHolds});
  EXPECT_EQ(outcomes(100, kNever), std::set{Outcome::kDoesNotHold});
  EXPECT_EQ(outcomes(kNever, kNever), std::set{Outcome::kNotDecided});
  EXPECT_EQ(outcomes(kNever, 590), std::set{Outcome::kNotDecided});  // by how much is not known
}

TEST(Verdicts, NameTheRunsThatDoNotReachTheLoss) {
  Figures slow = kPoor, slower = kPoor;
  slow.steps_to_loss = slower.steps_to_loss = 10'000;
  for (const Verdict& verdict : VerdictsOn(Compare(slow, slower, kPoor, kBest, 5, 0.0))) {
    if (verdict.claim != "converges_faster") continue;
    const std::string runs = "; 5 of 5 elu1.000000 runs, 5 of 5 relu runs do not reach it";
    EXPECT_NE(verdict.measured.find(runs), std::string::npos) << verdict.measured;
  }
}

// One slow step each: neither takes longer, whichever is divided by which.
TEST(Verdicts, OnTimesAreNotMovedByNoise) {
  Comparison comparison = Compare(kPoor, kGood, kPoor, kBest, 5, 0);
  for (StepTimes& times : comparison.step_times) {
    const bool elu = comparison.variants[times.variant].activation == "elu";
    times.step = times.activation = std::vector<double>(20, 100.0);
    times.step[elu ? 0 : 1] = times.activation[elu ? 0 : 1] = 400;
  }
  for (const Verdict& verdict : VerdictsOn(comparison)) {
    const std::string medians = "medians 100.00 ms against 100.00 ms; round by round: ";
    if (verdict.claim == "computing_cost") {
      EXPECT_TRUE(verdict.measured.starts_with(medians + "1.00 times (95 %")) << verdict.measured;
    }
    if (verdict.claim == "overhead_negligible") {
      EXPECT_TRUE(verdict.measured.starts_with(medians + "0.0 % longer (95 %")) << verdict.measured;
    }
  }
}

std::set<Outcome> OutcomesOfTimes(const Comparison& comparison) {
  const std::vector<Verdict> verdicts = VerdictsOn(comparison);
  std::set<Outcome> outcomes = OutcomesOf(verdicts, "computing_cost");
  outcomes.merge(OutcomesOf(verdicts, "overhead_negligible"));
  return outcomes;
}

// Of machines, or of one machine at different times.
TEST(Verdicts, OnTimesAreOfNetworksThatTookTurns) {
  const Comparison together = Compare(kPoor, kGood, kPoor, kBest, 5, 0);
  EXPECT_FALSE(OutcomesOfTimes(together).contains(Outcome::kNotDecided));
  Comparison apart = together;
  apart.timed_apart = {{{"another", 1, ""}, {}}};
  std::vector<StepTimes> others;
  for (const StepTimes& times : together.step_times) {
    const bool elu = together.variants[times.variant].activation == "elu";
    (elu ? apart.timed_apart[0].step_times : others).push_back(times);
  }
  apart.step_times = others;
  EXPECT_EQ(OutcomesOfTimes(apart), std::set{Outcome::kNotDecided});
  const std::vector<Verdict> verdicts = VerdictsOn(apart);
  EXPECT_EQ(OutcomesOf(verdicts, "share_of_step"), OutcomesOf(VerdictsOn(together), "share_of_step"));
  const auto cost = std::ranges::find(verdicts, "computing_cost", &Verdict::claim);
  EXPECT_TRUE(cost->measured.starts_with("timed apart, ")) << cost->measured;
  apart.timed_apart.push_back({{"a third", 1, ""}, together.step_times});
  EXPECT_EQ(OutcomesOfTimes(apart), OutcomesOfTimes(together));
}

TEST(Verdicts, OfDifferencesBelowNoughtHaveThresholdsInWords) {
  for (const Verdict& verdict : VerdictsOn(Compare(kPoor, kGood, kPoor, kBest, 5, 0.0005))) {
    if (verdict.claim == "alpha_default") {
      EXPECT_EQ(verdict.threshold, "less than 0.50 points worse");
    }
    if (verdict.claim == "higher_accuracy") {
      EXPECT_EQ(verdict.threshold, "more than 0.50 points");
    }
  }
}

// Where both train well at every rate, "unstable with ReLU" does not hold.
TEST(Verdicts, SayWhereNothingIsUnstable) {
  EXPECT_EQ(OutcomesOf(VerdictsOn(Compare(kGood, kGood, kPoor, kBest, 5, 0.0005)), "relu_unstable"),
            std::set{Outcome::kDoesNotHold});
}

TEST(Verdicts, AreNotGivenWhereAllRunsDiverged) {
  Figures diverged = kGood;
  diverged.diverged = true;
  for (const Verdict& verdict : VerdictsOn(Compare(kPoor, diverged, kPoor, kBest, 5, 0.0005))) {
    if (verdict.claim != "higher_accuracy" && verdict.claim != "noise_robustness") continue;
    EXPECT_EQ(verdict.outcome, Outcome::kNotDecided);
    EXPECT_EQ(verdict.measured, "no pair of runs; 5 pairs left out, a run diverged");
  }
}

// Of six seeds of this activation without BatchNorm one fails as `fail` says.
template <class Function>
std::vector<Verdict> WithOneFailed(const Figures& relu, const Figures& elu, const std::string& activation,
                                   const Function& fail) {
  Comparison comparison = Compare(relu, elu, kPoor, kBest, 6, 0.0005);
  for (ComparedRun& run : comparison.runs) {
    const Variant& variant = comparison.variants[run.variant];
    if (run.seed == 0 && variant.activation == activation && variant.norm == "none") fail(run);
  }
  return VerdictsOn(comparison);
}

// The verdict on ELU with alpha 1 without BatchNorm.
Verdict WithoutNorm(const std::vector<Verdict>& verdicts, const std::string& claim) {
  for (const Verdict& verdict : verdicts) {
    if (verdict.claim == claim && verdict.compared.ends_with(NormText("none"))) return verdict;
  }
  ADD_FAILURE() << claim;
  return {};
}

// What the survivors say holds only where it is against the variant that diverged.
TEST(Verdicts, SayHowManyPairsDivergedAndDoNotFavourThem) {
  const auto diverge = [](ComparedRun& run) {
    run.diverged = true;
    run.epochs.clear();
    run.robustness = {};
  };
  const char* claims[] = {"zero_centred", "noise_robustness", "outlier_robustness", "higher_accuracy", "dead_neurons"};
  for (const std::string failed : {"relu", "elu"}) {
    const auto holding = WithOneFailed(kPoor, kGood, failed, diverge);
    const auto failing = WithOneFailed(kGood, kPoor, failed, diverge);
    const bool elu = failed == "elu";
    for (const char* claim : claims) {
      const Verdict good = WithoutNorm(holding, claim), bad = WithoutNorm(failing, claim);
      EXPECT_TRUE(good.measured.ends_with(", 5 seeds; 1 pair left out, a run diverged")) << good.measured;
      EXPECT_EQ(good.outcome, elu ? Outcome::kNotDecided : Outcome::kHolds) << claim << failed;
      EXPECT_EQ(bad.outcome, elu ? Outcome::kDoesNotHold : Outcome::kNotDecided) << claim << failed;
    }
    const Verdict dead = WithoutNorm(holding, "no_dead_neurons");
    EXPECT_EQ(dead.outcome, elu ? Outcome::kNotDecided : Outcome::kHolds);
    EXPECT_EQ(dead.measured.find("left out") != std::string::npos, elu) << dead.measured;
  }
}

// A network that answers one class alone loses nothing to noise; its accuracy still counts.
TEST(Verdicts, DoNotCallARunThatGuessesRobust) {
  const auto guess = [](ComparedRun& run) {
    run.epochs.back().test_accuracy = 0.1;
    for (auto* points : {&run.robustness.noise, &run.robustness.outliers}) {
      for (RobustnessPoint& point : *points) point.accuracy = 0.1;
    }
  };
  const std::vector<Verdict> verdicts = WithOneFailed(kPoor, kGood, "elu", guess);
  for (const char* claim : {"noise_robustness", "outlier_robustness"}) {
    const Verdict verdict = WithoutNorm(verdicts, claim);
    EXPECT_EQ(verdict.outcome, Outcome::kNotDecided) << claim;
    EXPECT_TRUE(verdict.measured.ends_with("1 pair left out, a run diverged or is hardly better than guessing"))
        << verdict.measured;
  }
  EXPECT_EQ(WithoutNorm(verdicts, "higher_accuracy").measured.find("left out"), std::string::npos);
}

// Times are filed under the first variant of a network, whichever its factor is.
TEST(Verdicts, FindTimesUnderAnyLearningRate) {
  Comparison comparison = Compare(kPoor, kGood, kPoor, kBest, 5, 0.0005);
  const std::vector<Verdict> before = VerdictsOn(comparison);
  for (StepTimes& times : comparison.step_times) {
    Variant other = comparison.variants[times.variant];
    other.learning_rate_factor = 4;
    times.variant = comparison.variants.size();
    comparison.variants.push_back(other);
  }
  for (const char* claim : {"computing_cost", "overhead_negligible", "share_of_step"}) {
    EXPECT_EQ(OutcomesOf(VerdictsOn(comparison), claim), OutcomesOf(before, claim)) << claim;
  }
}

TEST(Verdicts, NameWhatNobodyMeasured) {
  const Comparison empty = ComparisonOf({}, 0, 0);
  const Comparison whole = Compare(kPoor, kGood, kPoor, kBest, 5, 0.0005);
  EXPECT_EQ(Unmeasured({JudgeComparison(empty)}).size(), Claims().size() - kOfTheFunction.size());
  EXPECT_NE(VerdictsAsText({JudgeComparison(empty)}).find("not decided by this run: needs"), std::string::npos);
  EXPECT_TRUE(Unmeasured({JudgeComparison(whole), JudgeComparison(empty)}).empty());
}

TEST(Claims, AllHaveThresholds) {
  EXPECT_EQ(Thresholds().size(), Claims().size() + 1);
  for (const Claim& claim : Claims()) EXPECT_FALSE(claim.thresholds.empty()) << claim.id;
}

}  // namespace
}  // namespace elu_lab
