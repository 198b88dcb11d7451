#include "lab/verdicts/answer.h"

#include <algorithm>
#include <cmath>

#include "lab/results/statistics.h"
#include "lab/verdicts/loss_difference.h"
#include "lab/verdicts/words.h"
#include "program/text.h"

namespace elu_lab {
namespace {

using program::Format;

const Variant* Find(const Comparison& comparison, const char* activation, const char* norm) {
  const Variant* found = nullptr;
  for (const Variant& variant : comparison.variants) {
    const bool fits = variant.activation == activation && variant.norm == norm && variant.learning_rate_factor == 1;
    if (fits && (found == nullptr || variant.alpha == 1)) found = &variant;
  }
  return found;
}

// Differences of the final test accuracies of runs of one seed.
std::vector<double> Gains(const Comparison& comparison, const Variant& subject, const Variant& baseline) {
  std::vector<double> gains;
  for (const ComparedRun& run : comparison.runs) {
    for (const ComparedRun& other : comparison.runs) {
      const bool pair = run.variant == comparison.IndexOf(subject) && other.variant == comparison.IndexOf(baseline) &&
                        run.seed == other.seed;
      const EpochOfRun *ours = comparison.LastEpoch(run), *theirs = comparison.LastEpoch(other);
      if (!pair || ours == nullptr || theirs == nullptr) continue;
      gains.push_back(ours->test_accuracy - theirs->test_accuracy);
    }
  }
  return gains;
}

// "1.51 points above ReLU (95 % interval 1.34 to 1.68, 5 seeds)".
std::string GainText(const Comparison& comparison, const Variant& subject, const Variant& baseline) {
  const std::vector<double> gains = Gains(comparison, subject, baseline);
  if (gains.empty()) return "with no run to compare with " + baseline.label;
  double sum = 0;
  for (const double gain : gains) sum += gain;
  const double mean = sum / static_cast<double>(gains.size());
  const std::string seeds = CountText(gains.size(), "seeds"), side = mean < 0 ? " points below " : " points above ";
  const std::string text = Format("%.2f", 100 * std::fabs(mean)) + side + baseline.label;
  const double confidence = comparison.ThresholdOf("every_claim", "confidence");
  if (gains.size() < 2 || !(confidence > 0 && confidence < 1)) return text + " (" + seeds + ")";
  const Interval interval = MeanInterval(gains, confidence);
  const bool undecided = interval.low < 0 && interval.high > 0;
  return text + Format(" (%g %% interval %.2f to %.2f, ", 100 * confidence, 100 * interval.low, 100 * interval.high) +
         seeds + (undecided ? "; which may be chance)" : ")");
}

std::string Accuracy(const Comparison& comparison, const Asked& asked) {
  const auto& [elu, relu] = asked;
  std::string text = "On " + comparison.settings.data + Format(" (%.0f images, ", comparison.settings.train_images) +
                     CountText(static_cast<size_t>(comparison.settings.epochs), "epochs") + ") " + NormText(elu->norm) +
                     " " + elu->label + " ends " + GainText(comparison, *elu, *relu);
  const double confidence = comparison.ThresholdOf("every_claim", "confidence");
  const LossDifference difference = PairedLossDifference(comparison, *elu, *relu, confidence);
  if (difference.step.empty()) return text + ".";
  return text + "; its training loss is " + StretchesText(Stretches(difference), relu->label) +
         Format(" of %.0f.", difference.step.back());
}

std::string Cost(const Judged& judged, const Asked& asked) {
  const std::string compared = ComparedText(*asked.elu, *asked.relu);
  for (const Verdict& verdict : judged.verdicts) {
    if (verdict.claim != "overhead_negligible" || verdict.compared != compared || verdict.figure.empty()) continue;
    // "medians 303.20 ms against 262.71 ms; round by round: 7.0 % longer (95 % interval -6.0 to 21.8), 20 rounds; ..."
    const size_t begin = verdict.measured.find(" (", verdict.measured.find("round by"));
    const std::string interval = verdict.measured.substr(begin, verdict.measured.find(';', begin) - begin);
    const bool open = verdict.outcome == Outcome::kNotDecided;
    return "A step of training takes " + verdict.figure + " than with " + asked.relu->label + interval +
           (open ? "; whether that is " + verdict.threshold + " is not decided." : ".");
  }
  return "What a step costs was not measured.";
}

std::string Others(const Judged& judged, const Asked& asked) {
  const Comparison& comparison = judged.comparison;
  std::string text;
  for (const Variant& variant : comparison.variants) {
    const bool other_alpha = variant.activation == "elu" && variant.norm == asked.elu->norm &&
                             variant.learning_rate_factor == 1 && &variant != asked.elu;
    if (!other_alpha) continue;
    text += (text.empty() ? "" : "; ") + variant.label + " ends " + GainText(comparison, variant, *asked.elu);
  }
  if (!text.empty()) return text + ".";
  const std::string compared = ComparedText(*asked.elu, *asked.relu);
  for (const Verdict& verdict : judged.verdicts) {
    const size_t place = verdict.measured.find("; ReLU: ");
    if (verdict.claim != "dead_at_worst" || verdict.compared != compared || place == std::string::npos) continue;
    return "Dead units: " + verdict.measured.substr(place + 2) + ".";
  }
  return "Dead units were not counted.";
}

}  // namespace

Asked FindAsked(const Comparison& comparison) {
  for (const char* norm : {"batch", "none"}) {
    const Asked asked = {Find(comparison, "elu", norm), Find(comparison, "relu", norm)};
    if (asked.elu != nullptr && asked.relu != nullptr) return asked;
  }
  return {};
}

std::vector<std::string> Answer(const Judged& judged) {
  const Comparison& comparison = judged.comparison;
  const Asked asked = FindAsked(comparison);
  if (asked.elu == nullptr || comparison.runs.empty()) return {};
  std::vector<std::string> sentences;
  const size_t seeds = Gains(comparison, *asked.elu, *asked.relu).size();
  if (static_cast<double>(seeds) < comparison.ThresholdOf("every_claim", "seeds")) {
    sentences.push_back(seeds == 1 ? "One seed decides nothing." : CountText(seeds, "seeds") + " decide nothing.");
  }
  sentences.push_back(Accuracy(comparison, asked));
  sentences.push_back(Cost(judged, asked));
  sentences.push_back(Others(judged, asked));
  return sentences;
}

}  // namespace elu_lab
