// Results of training as elu table shows them: rounded, each number once. tests/cli/table_test.py computes all of them
// anew from the file that is their source. One more needs a constant here, its computation there, and a place in a row.
#ifndef ELU_CLI_TEXTBOOK_SHIPPED_RESULTS_H_
#define ELU_CLI_TEXTBOOK_SHIPPED_RESULTS_H_

#include <array>
#include <cstddef>

namespace elu::cli {

// ConvNetELU on CIFAR-10, three epochs, five seeds, ELU with alpha 1.
inline constexpr const char* kCifar10 = "docs/results/cifar10/results.json";
// The same with a fifth of the images and two epochs, which are 158 steps; alpha 0.5, 1 and 2.
inline constexpr const char* kAlpha = "docs/results/alpha/results.json";

// Of ReLU, Leaky ReLU and ELU, means over the seeds: one number, or one after each epoch.
template <std::size_t n>
struct Shipped {
  const char* source;
  const char* key;  // what it is, with its unit
  int decimals;
  std::array<std::array<double, n>, 3> of;
};

// By how much ELU is better than ReLU: the mean over the seeds of the paired differences, and half of its 95 % interval
// by Student's distribution. The textbook is right where the interval is above the threshold, wrong where it is below.
struct Advantage {
  const char* source;
  const char* key;
  int decimals;
  double mean, half, threshold;  // the thresholds are those of lab/verdicts/claims.cc
};

// After the last epoch: the distance from 0 of a layer's mean output, averaged over the layers.
inline constexpr Shipped<1> kDistance = {
    kCifar10, "trained_distance_of_layer_means_from_0", 3, {{{0.376}, {0.332}, {0.127}}}};
inline constexpr Advantage kDistanceAdvantage = {
    kCifar10, "trained_distance_of_layer_means_from_0_less_than_relu", 3, 0.249, 0.016, 0.05};

// Of the 256 units of `linear 1` those without gradient at any test image, in the seeds with the fewest and with the
// most.
inline constexpr Shipped<3> kFewestDead = {
    kCifar10, "fewest_dead_units_of_256_by_epoch", 0, {{{34, 0, 0}, {0, 0, 0}, {0, 0, 0}}}};
inline constexpr Shipped<3> kMostDead = {
    kCifar10, "most_dead_units_of_256_by_epoch", 0, {{{101, 0, 0}, {0, 0, 0}, {0, 0, 0}}}};

// Test accuracy without noise less that with Gaussian noise in the pixels, averaged over its sigmas.
inline constexpr Shipped<1> kLostToNoise = {kCifar10, "accuracy_lost_to_noise_points", 1, {{{21.5}, {19.9}, {25.0}}}};
inline constexpr Advantage kNoiseAdvantage = {kCifar10, "accuracy_lost_to_noise_less_than_relu_points", 2, -3.51, 1.68,
                                              1.0};

// Median over rounds of the share of a training step that the activation layers take.
inline constexpr Shipped<1> kShareOfStep = {kCifar10, "share_of_training_step_percent", 1, {{{5.7}, {5.5}, {7.5}}}};

// Variance of pre-activations in the last of 50 linear layers over that in the first, weights with the gain sqrt(2).
inline constexpr Shipped<1> kGrowth = {kCifar10, "variance_growth_in_50_layers_ratio", 1, {{{1.0}, {1.1}, {19.6}}}};

inline constexpr Shipped<3> kLoss = {
    kCifar10, "training_loss_by_epoch", 2, {{{1.85, 1.49, 1.04}, {1.79, 1.45, 1.09}, {2.01, 1.26, 0.94}}}};
inline constexpr Advantage kLossAdvantage = {kCifar10, "training_loss_over_all_steps_less_than_relu", 3, 0.057, 0.016,
                                             0.02};

inline constexpr Advantage kShortLossAdvantage = {
    kAlpha, "training_loss_over_158_steps_less_than_relu", 3, -0.347, 0.064, 0.02};

inline constexpr Shipped<1> kAccuracy = {kCifar10, "test_accuracy_percent", 1, {{{69.9}, {68.6}, {71.4}}}};
inline constexpr Advantage kAccuracyAdvantage = {kCifar10, "test_accuracy_more_than_relu_points", 2, 1.51, 0.17, 0.5};

// With alpha 0.5, 1 and 2, and by how much alpha 1 is better; a good default is at most half a point worse.
inline constexpr Shipped<1> kAccuracyByAlpha = {
    kAlpha, "test_accuracy_by_alpha_percent", 1, {{{47.9}, {47.4}, {45.7}}}};
inline constexpr Advantage kOverHalf = {kAlpha, "test_accuracy_of_alpha_1_more_than_of_0.5_points", 2, -0.53, 1.75,
                                        -0.5};
inline constexpr Advantage kOverTwo = {kAlpha, "test_accuracy_of_alpha_1_more_than_of_2_points", 2, 1.70, 2.14, -0.5};

}  // namespace elu::cli

#endif  // ELU_CLI_TEXTBOOK_SHIPPED_RESULTS_H_
