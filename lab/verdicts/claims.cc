#include "lab/verdicts/claims.h"

namespace elu_lab {
namespace {

// The numbers are choices: the smallest difference that would change what somebody does. They are written to a
// comparison's plan before its first run, and verdicts are given by what that plan says.
std::vector<Claim> MakeClaims() {
  return {
      {"negative_behaviour",
       "For negative inputs ReLU gives 0, Leaky ReLU a straight line, ELU a curve that saturates at -alpha",
       "ELU(input) as the library computes it: within this share of -alpha",
       "nothing",
       {{"input", -10}, {"within", 0.01}}},
      {"smooth_at_origin",
       "ELU is smooth at the origin; ReLU and Leaky ReLU have a kink",
       "jump of f' at 0 as the library computes it: at most this",
       "nothing",
       {{"jump", 1e-6}}},
      {"zero_centred",
       "ELU's activations are nearer to zero-centred than ReLU's",
       "distance of the layers' mean activations from 0, averaged, after the last epoch: ELU's smaller by more than "
       "this",
       "relu or leaky_relu, and elu",
       {{"difference", 0.05}}},
      {"dead_neurons",
       "ReLU's neurons die",
       "share of units without gradient at every test image, after the last epoch: ReLU's greater by more than this",
       "relu and elu",
       {{"difference", 0.01}}},
      {"dead_at_worst",
       "ReLU's neurons die at some time in training",
       "share of a layer's units without gradient at every test image, in the layer and after the epoch where it is "
       "largest: ReLU's greater by more than this",
       "relu and elu",
       {{"difference", 0.01}}},
      {"no_dead_neurons",
       "ELU has no dead neurons",
       "share of ELU's units without gradient at every test image, after the last epoch: at most this in every run",
       "elu",
       {{"share", 0}}},
      {"noise_robustness",
       "ELU is more robust to noise",
       "accuracy lost to Gaussian noise, averaged over its sigmas: ELU's smaller by more than this",
       "relu or leaky_relu, and elu, with measurements under noise",
       {{"difference", 0.01}}},
      {"preactivation_noise",
       "ELU lets less noise through where pre-activations are negative, since it saturates",
       "share of the variance of noise at negative pre-activations that reaches the next layer, averaged over sigmas "
       "and "
       "layers: ELU's smaller by more than this",
       "relu or leaky_relu, and elu, with measurements of noise in pre-activations",
       {{"difference", 0.01}}},
      {"preactivation_noise_accuracy",
       "ELU's answers are more robust to noise at negative pre-activations",
       "accuracy lost to noise at the negative pre-activations of all layers, from the smallest sigma to the largest: "
       "ELU's smaller by more than this",
       "relu or leaky_relu, and elu, with measurements of noise in pre-activations",
       {{"difference", 0.01}}},
      {"outlier_robustness",
       "ELU is more robust to outliers, since it saturates",
       "accuracy lost to pixel values made black or white, averaged over their shares: ELU's smaller by more than this",
       "relu or leaky_relu, and elu, with measurements under outliers",
       {{"difference", 0.01}}},
      {"computing_cost",
       "ELU costs more to compute",
       "time of the activation layers, forward and backward: ELU's more than this many times the other's",
       "relu or leaky_relu, and elu, with times of steps",
       {{"ratio", 1.05}}},
      {"overhead_negligible",
       "The overhead of ELU is usually negligible",
       "time of a training step: longer with ELU by less than this share of the other's",
       "relu or leaky_relu, and elu, with times of steps",
       {{"share", 0.05}}},
      {"share_of_step",
       "The activation is a small part of a training step",
       "time of ELU's layers, forward and backward: less than this share of the step",
       "elu, with times of steps",
       {{"share", 0.10}}},
      {"converges_faster",
       "ELU speeds convergence",
       "first step at which the mean training loss of the last steps, as many as the window, is at most its level, a "
       "share "
       "of ln(classes), the loss of guessing: with ELU earlier by more than this share",
       "relu or leaky_relu, and elu",
       {{"window", 50}, {"level", 0.65}, {"fewer", 0.10}}},
      {"loss_over_run",
       "Training with ELU has the lower loss over the whole run",
       "training loss, averaged over all steps: ELU's smaller by more than this",
       "relu or leaky_relu, and elu",
       {{"difference", 0.02}}},
      {"higher_accuracy",
       "Networks with ELU reach a higher accuracy",
       "test accuracy after the last epoch: ELU's greater by more than this",
       "relu or leaky_relu, and elu",
       {{"difference", 0.005}}},
      {"relu_unstable",
       "Training is unstable with ReLU: at high learning rates without BatchNorm it fails where ELU does not",
       "share of useless runs, which diverge or end hardly better than guessing, ReLU's less ELU's: the claim holds "
       "where "
       "the interval is above one threshold, and does not where it is below the other",
       "relu and elu without BatchNorm at a learning-rate factor above 1",
       {{"useless", 0.1}, {"holds_above", 0}, {"fails_below", 0.5}}},
      {"selu_without_norm",
       "Without BatchNorm SELU does better than ELU and ReLU",
       "test accuracy after the last epoch: SELU's greater by more than this",
       "selu, and elu or relu, without BatchNorm",
       {{"difference", 0.005}}},
      {"selu_replaces_norm",
       "SELU makes BatchNorm unnecessary",
       "test accuracy after the last epoch, of SELU without BatchNorm: worse than ELU's with it by less than this",
       "selu without BatchNorm and elu with it",
       {{"difference", -0.01}}},
      {"alpha_default",
       "alpha = 1 is a good default",
       "test accuracy after the last epoch, with alpha 1: worse than with the other by less than this",
       "elu with alpha 1 and another alpha",
       {{"difference", -0.005}}},
      {"he_initialisation",
       "He initialisation suits ELU",
       "variance of pre-activations by depth with the gain sqrt(2): at no depth further than this factor from the "
       "first",
       "the study of initialisation",
       {{"linear_factor", 2}, {"convnet_factor", 4}}},
      {"matched_gain",
       "The gain computed for ELU (statistics.hpp) suits it",
       "variance of pre-activations by depth with that gain: at no depth further than this factor from the first",
       "the study of initialisation",
       {{"linear_factor", 2}, {"convnet_factor", 4}}},
  };
}

}  // namespace

const std::vector<Claim>& Claims() {
  static const std::vector<Claim> claims = MakeClaims();
  return claims;
}

std::vector<ClaimThresholds> Thresholds() {
  std::vector<ClaimThresholds> thresholds = {
      {"every_claim", {{"confidence", 0.95}, {"seeds", 5, true}, {"rounds", 5, true}}}};
  for (const Claim& claim : Claims()) thresholds.push_back({claim.id, claim.thresholds});
  return thresholds;
}

}  // namespace elu_lab
