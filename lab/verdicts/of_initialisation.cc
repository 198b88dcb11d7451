// Does a gain keep the variance of pre-activations from layer to layer?
#include <algorithm>
#include <cmath>

#include "lab/verdicts/judging.h"
#include "program/text.h"

namespace elu_lab {
namespace {

using program::Format;

constexpr const char *kHe = "He", *kMatched = "statistics.hpp";

// How far the variance goes from that of the first layer, as a factor of 1 or more.
double FurthestFactor(const std::vector<double>& variance) {
  double furthest = 1;
  for (const double at : variance) {
    const double factor = at / variance.front();
    if (!(factor > 0 && std::isfinite(factor))) return std::numeric_limits<double>::infinity();
    furthest = std::max({furthest, factor, 1 / factor});
  }
  return furthest;
}

}  // namespace

void Judge::OnCurves(const std::vector<VarianceCurve>& curves, const std::string& network, const char* threshold) {
  for (const VarianceCurve& curve : curves) {
    if (curve.activation != "elu" || curve.variance.empty()) continue;
    if (curve.gain_name != kHe && curve.gain_name != kMatched) continue;
    const char* claim = curve.gain_name == kHe ? "he_initialisation" : "matched_gain";
    const double most = ThresholdOf(claim, threshold), furthest = FurthestFactor(curve.variance);
    Outcome outcome = furthest <= most ? Outcome::kHolds : Outcome::kDoesNotHold;
    if (std::isnan(most)) outcome = Outcome::kNotDecided;
    verdicts_.push_back(
        {claim, curve.label + Format(", gain %.4f, ", curve.gain) + network,
         Format("variance %.3g in the first, %.3g in the last; furthest from the first by a factor of %.3g",
                curve.variance.front(), curve.variance.back(), furthest),
         ThresholdText("at most a factor of %g", most), outcome});
  }
}

void Judge::OnInitialisation() {
  OnCurves(comparison_.initialisation.linear, "deep linear layers", "linear_factor");
  OnCurves(comparison_.initialisation.convnet, "the network of the comparison", "convnet_factor");
}

}  // namespace elu_lab
